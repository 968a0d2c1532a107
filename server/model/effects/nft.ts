/** nft: `add rule` in its simple forms, and the flushes. */
import { type Argument, argument, baseOf, type Interpreter } from "./commands.ts";
import { known, maybe, unknown } from "./known.ts";
import { unsigned } from "./numbers.ts";
import { MATCHES, type MatchDraft } from "./packet-match.ts";
import type { Known, PacketMatch } from "./types.ts";

/** `nft add rule [family] TABLE CHAIN …` in its simple forms, and the flushes. */
export const nft: Interpreter = (call) => {
  // A rule is often one quoted argument: its words all stand where that argument stands.
  const words = call.arguments.flatMap((one): readonly Argument[] =>
    one.text === undefined
      ? [one]
      : one.text
          .split(/[\s;]+/u)
          .filter((text) => text !== "")
          .map((text) => ({ text, site: one.site })),
  );
  let i = 0;
  while (words[i]?.text?.startsWith("-") === true) i++;
  const verb = words[i++]?.text;
  const object = words[i++]?.text;
  const family = /^(?:ip|ip6|inet|arp|bridge|netdev)$/u.test(words[i]?.text ?? "") ? words[i++]!.text : "ip";
  const empty: PacketMatch = { other: [] };
  if (verb === "flush") {
    const table = words[i];
    const chain = object === "chain" ? words[i + 1] : undefined;
    if (object !== "ruleset" && object !== "table" && object !== "chain") return undefined;
    return [
      {
        ...baseOf(call),
        kind: "firewall",
        tool: "nft",
        action: "flush",
        table: table === undefined ? unknown(call.site) : argument(table),
        ...(chain === undefined ? {} : { chain: argument(chain) }),
        match: empty,
      },
    ];
  }
  if ((verb !== "add" && verb !== "insert") || object !== "rule" || words[i] === undefined || words[i + 1] === undefined) return undefined;
  const table = argument(words[i++]!);
  const chain = argument(words[i++]!);
  const match: MatchDraft = { other: [] };
  let target: Known<string> | undefined;
  let mark: Argument | undefined;
  const operand = (): { readonly value: Argument; readonly negated: boolean } | undefined => {
    const negated = words[i]?.text === "!=";
    if (negated || words[i]?.text === "==") i++;
    if (words[i]?.text === "{") {
      const parts: string[] = [];
      const { site } = words[i++]!;
      for (; words[i] !== undefined && words[i]!.text !== "}"; i++) parts.push(words[i]!.text ?? "?");
      i++;
      return { value: { text: parts.join("").replace(/,$/u, ""), site }, negated };
    }
    const value = words[i++];
    return value === undefined ? undefined : { value: { ...value, text: value.text?.replace(/^[{"]|[}"]$/gu, "") }, negated };
  };
  const take = (name: string): void => {
    const found = operand();
    if (found !== undefined) MATCHES[name]!(match, { ...found.value, text: found.value.text?.replaceAll("-", ":") }, found.negated);
  };
  const plain = (name: string): void => {
    const found = operand();
    if (found !== undefined) MATCHES[name]!(match, found.value, found.negated);
  };
  while (i < words.length) {
    const word = words[i++]!;
    const next = words[i]?.text;
    switch (word.text) {
      case "ip":
      case "ip6":
        i++;
        if (next === "daddr") plain("-d");
        else if (next === "saddr") plain("-s");
        else if (next === "protocol" || next === "nexthdr") plain("-p");
        else match.other.push(`${word.text} ${next ?? ""}`);
        break;
      case "tcp":
      case "udp":
      case "sctp":
        i++;
        match.protocol ??= { value: argument(word), negated: false };
        if (next === "dport") take("--dport");
        else if (next === "sport") take("--sport");
        else match.other.push(`${word.text} ${next ?? ""}`);
        break;
      case "ether":
        i++;
        if (next === "saddr") plain("--mac-source");
        else match.other.push(`ether ${next ?? ""}`);
        break;
      case "iif":
      case "iifname":
        plain("-i");
        break;
      case "oif":
      case "oifname":
        plain("-o");
        break;
      case "ct":
        i++;
        if (next === "state") plain("--state");
        else match.other.push(`ct ${next ?? ""}`);
        break;
      case "meta":
        if (next === "l4proto") {
          i++;
          plain("-p");
        } else if (next !== "mark") match.other.push(`meta ${next ?? ""}`);
        break;
      case "mark":
        if (next === "set") {
          mark = words[i + 1];
          i += 2;
        } else {
          operand();
          match.other.push("mark");
        }
        break;
      case "accept":
      case "drop":
      case "reject":
        target = known(word.text.toUpperCase(), word.site);
        break;
      case "jump":
      case "goto":
        if (words[i] !== undefined) target = argument(words[i++]!);
        break;
      case "counter":
      case "return":
        break;
      case "comment":
        i++;
        break;
      default:
        match.other.push(word.text ?? "");
    }
  }
  const action = verb === "insert" ? "insert" : "append";
  if (mark !== undefined) {
    const value = maybe(unsigned(mark.text), mark.site);
    return [{ ...baseOf(call), kind: "mark", tool: "nft", action, table, chain, mark: value, mask: known(0xffffffff, mark.site), match }];
  }
  if (family === "arp") return undefined;
  return [{ ...baseOf(call), kind: "firewall", tool: "nft", action, table, chain, ...(target === undefined ? {} : { target }), match }];
};
