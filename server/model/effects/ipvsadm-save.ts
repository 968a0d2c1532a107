/** The output of `ipvsadm-save` and `ipvsadm -S` (/etc/ipvsadm.rules): a command line of ipvsadm per line, without its name. */
import { ipvsadm } from "./ipvsadm.ts";
import { linesOf, wordsOf } from "./lines.ts";
import type { Effect } from "./types.ts";

const rule = /^[ \t]*(?:-A|-a|--add-service|--add-server)[ \t]+(?:-[tuf]|--(?:tcp|udp|sctp|fwmark)-service)[ \t]/u;

/** Whether the first line that says something is a rule. */
export const looksLikeIpvsadmSave = (text: string): boolean => {
  const first = linesOf(text.slice(0, 8000)).find((line) => line.text.trim() !== "" && !/^[ \t]*#/u.test(line.text));
  return first !== undefined && rule.test(first.text);
};

export const effectsOfIpvsadmSave = (text: string, file: string): readonly Effect[] =>
  linesOf(text).flatMap((line) => {
    const words = wordsOf(line);
    const [first] = words;
    if (first === undefined || !first.text.startsWith("-")) return [];
    const site = { file, span: { start: first.start, end: words.at(-1)!.end } };
    return (
      ipvsadm({
        name: "ipvsadm",
        written: "ipvsadm",
        arguments: words.map(({ text: value, start, end }) => ({ text: value, site: { file, span: { start, end } } })),
        site,
        command: { file, span: { start: first.start, end: first.end } },
        path: [],
      }) ?? []
    );
  });
