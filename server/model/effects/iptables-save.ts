/** The output of iptables-save, as the same facts that iptables commands give. */
import type { Site } from "../../../grammar/text.ts";
import type { Argument } from "./commands.ts";
import { iptablesEffects } from "./iptables.ts";
import { known } from "./known.ts";
import { linesOf } from "./lines.ts";
import type { Effect, FirewallTool, Known } from "./types.ts";

const TABLE = /^\*(?:filter|nat|mangle|raw|security)[ \t]*$/mu;

/** Whether a text is a dump: a line names a table, and another is a chain, a rule or the end of the table. */
export const looksLikeIptablesSave = (text: string): boolean =>
  TABLE.test(text.replaceAll("\r", "")) && /^(?::[A-Za-z]|-[AI] |\[[0-9]+:[0-9]+\] -[AI] |COMMIT)/mu.test(text);

/** Addresses of IPv6 in a dump tell ip6tables from iptables; the text does not say which wrote it. */
const toolOf = (text: string, file: string): FirewallTool =>
  /ip6|v6/u.test(file.replace(/^.*\//u, "")) || /^(?:\[[0-9:]+\] )?-[AI] [^\n]* -[sd] [0-9a-fA-F]*:[0-9a-fA-F]*:/mu.test(text)
    ? "ip6tables"
    : "iptables";

/** The policies and rules in the order of the file; `site` is the line without counters. */
export const effectsOfIptablesSave = (text: string, file: string): readonly Effect[] => {
  const tool = toolOf(text, file);
  const effects: Effect[] = [];
  let table: Known<string> | undefined;
  for (const line of linesOf(text)) {
    const counters = /^\[[0-9]+:[0-9]+\][ \t]*/u.exec(line.text)?.[0].length ?? 0;
    const words = split(line.text.slice(counters), line.start + counters, file);
    const [first] = words;
    if (first?.text === undefined || first.text.startsWith("#")) continue;
    const last = words[words.length - 1]!;
    const site: Site = { file, span: { start: first.site.span.start, end: last.site.span.end } };
    if (first.text.startsWith("*")) table = known(first.text.slice(1), first.site);
    else if (first.text === "COMMIT") table = undefined;
    else if (first.text.startsWith(":")) {
      const policy = words[1];
      if (policy?.text === undefined || table === undefined) continue;
      const chain = known(first.text.slice(1), { file, span: { start: first.site.span.start + 1, end: first.site.span.end } });
      const base = { kind: "firewall" as const, tool, table, chain, match: { other: [] }, site, command: first.site, path: [] };
      effects.push(
        policy.text === "-" ? { ...base, action: "new-chain" } : { ...base, action: "policy", target: known(policy.text, policy.site) },
      );
    } else if (first.text.startsWith("-")) {
      effects.push(
        ...(iptablesEffects({ name: tool, written: tool, arguments: words, site, command: first.site, path: [] }, tool, table) ?? []),
      );
    }
  }
  return effects;
};

/** Words of a line; double quotes hold blanks together. */
const split = (line: string, start: number, file: string): readonly Argument[] =>
  [...line.matchAll(/"(?:[^"\\]|\\.)*"?|[^ \t"]+/gu)].map((hit) => ({
    text: hit[0].startsWith('"') ? hit[0].slice(1).replace(/"$/u, "") : hit[0],
    site: { file, span: { start: start + hit.index, end: start + hit.index + hit[0].length } },
  }));
