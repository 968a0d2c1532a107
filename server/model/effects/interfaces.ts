/** /etc/network/interfaces of Debian (ifupdown): addresses per interface, and the commands that run when one comes up. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Sited } from "../../../grammar/text.ts";
import type { InterfaceConfig } from "./ifcfg.ts";
import { linesOf, type Line, type PlacedWord, wordsOf } from "./lines.ts";
import { prefixOfNetmask } from "./numbers.ts";
import { effectsOf } from "./script.ts";
import type { Effect } from "./types.ts";

export const looksLikeInterfaces = (text: string): boolean => /^[ \t]*iface[ \t]+\S+[ \t]+inet6?[ \t]+\w+/mu.test(text);

export interface Interfaces {
  readonly interfaces: readonly InterfaceConfig[];
  /** What the commands of pre-up, up and post-up do, in the order of the file. */
  readonly effects: readonly Effect[];
}

const stanzas = new Set(["iface", "auto", "mapping", "source", "source-directory", "no-auto-down", "no-scripts", "rename", "template"]);

interface Draft {
  readonly device: Sited<string>;
  readonly addresses: { address: Sited<string>; prefix?: Sited<number> }[];
  gateway?: Sited<string>;
  netmask?: Sited<number>;
  readonly start: number;
  end: number;
}

/** One pass over the lines, continued ones put together. */
export const readInterfaces = (text: string, file: string): Interfaces => {
  const drafts: Draft[] = [];
  const boot = new Set<string>();
  const effects: Effect[] = [];
  let draft: Draft | undefined;
  const sited = ({ text: value, start, end }: PlacedWord): Sited<string> => ({ value, site: { file, span: { start, end } } });
  for (const line of logicalLines(text)) {
    const [first, second, third, fourth] = wordsOf(line);
    if (first === undefined || first.text.startsWith("#")) continue;
    if (stanzas.has(first.text) || first.text.startsWith("allow-")) draft = undefined;
    if (first.text === "auto" || first.text.startsWith("allow-")) for (const word of wordsOf(line).slice(1)) boot.add(word.text);
    else if (first.text === "iface" && second !== undefined && /^inet6?$/u.test(third?.text ?? "") && fourth !== undefined) {
      draft = { device: sited(second), addresses: [], start: first.start, end: line.start + line.text.length };
      drafts.push(draft);
    }
    if (draft === undefined || second === undefined) continue;
    draft.end = line.start + line.text.length;
    switch (first.text) {
      case "address": {
        const [address, length] = second.text.split("/");
        const place = { value: address!, site: { file, span: { start: second.start, end: second.start + address!.length } } };
        const prefix = prefixOfNetmask(length);
        draft.addresses.push(
          prefix === undefined ? { address: place } : { address: place, prefix: { value: prefix, site: sited(second).site } },
        );
        break;
      }
      case "netmask": {
        const prefix = prefixOfNetmask(second.text);
        if (prefix !== undefined) draft.netmask = { value: prefix, site: sited(second).site };
        break;
      }
      case "gateway":
        draft.gateway = sited(second);
        break;
      case "pre-up":
      case "up":
      case "post-up":
        effects.push(...commandEffects(line, second.start, file));
        break;
      default:
    }
  }
  return {
    interfaces: drafts.map(({ device, addresses, netmask, gateway, start, end }): InterfaceConfig => ({
      device,
      addresses: addresses.map((one) => (one.prefix === undefined && netmask !== undefined ? { ...one, prefix: netmask } : one)),
      ...(gateway === undefined ? {} : { gateway }),
      onBoot: boot.has(device.value),
      site: { file, span: { start, end } },
    })),
    effects,
  };
};

/** A line that ends in a backslash goes on in the next; what is put together stands in the file as it stands here. */
const logicalLines = (text: string): readonly Line[] => {
  const lines: Line[] = [];
  let start: number | undefined;
  for (const line of linesOf(text)) {
    const from = start ?? line.start;
    start = line.text.endsWith("\\") ? from : undefined;
    if (start === undefined) lines.push({ text: text.slice(from, line.start + line.text.length), start: from });
  }
  if (start !== undefined) lines.push({ text: text.slice(start), start });
  return lines;
};

/** The command behind `up`, read as a script of one line at its own place. */
const commandEffects = (line: Line, start: number, file: string): readonly Effect[] => {
  const command = line.text.slice(start - line.start);
  return effectsOf(parseShell(command), {
    file,
    mapSite: ({ start: from, end }) => ({ file, span: { start: start + from, end: start + end } }),
  }).effects;
};
