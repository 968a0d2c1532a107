/** iptables and ip6tables: rules that set marks, and every other change of the packet filter. Also reads the lines of iptables-save. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation } from "./commands.ts";
import type { Site } from "../../../grammar/text.ts";
import { known, maybe, unknown, valueOf } from "./known.ts";
import { unsigned } from "./numbers.ts";
import { MATCHES, type MatchDraft } from "./packet-match.ts";
import type { ConnectionMarkEffect, Effect, FirewallEffect, FirewallTool, Known } from "./types.ts";

const COMMANDS: Readonly<Record<string, FirewallEffect["action"] | "replace" | "list">> = {
  A: "append",
  append: "append",
  I: "insert",
  insert: "insert",
  D: "delete",
  delete: "delete",
  R: "replace",
  replace: "replace",
  P: "policy",
  policy: "policy",
  F: "flush",
  flush: "flush",
  N: "new-chain",
  "new-chain": "new-chain",
  new: "new-chain",
  X: "delete-chain",
  "delete-chain": "delete-chain",
  L: "list",
  list: "list",
  S: "list",
  "list-rules": "list",
  Z: "list",
  zero: "list",
  C: "list",
  check: "list",
  E: "list",
  "rename-chain": "list",
};

/** Options of matches and targets that say nothing about which packets are meant: how many words follow each. */
const SILENT: Readonly<Record<string, number>> = {
  "--comment": 1,
  "--reject-with": 1,
  "--log-prefix": 1,
  "--log-level": 1,
  "-v": 0,
  "--verbose": 0,
  "-n": 0,
  "--numeric": 0,
  "-w": 0,
  "--wait": 0,
  "-4": 0,
  "-6": 0,
  "-c": 2,
  "--set-counters": 2,
  "--line-numbers": 0,
  "-x": 0,
  "--modprobe": 1,
};

/** Modules whose matches are all read here. */
const MODULES = new Set(["tcp", "udp", "mac", "state", "conntrack", "multiport", "comment", "mark", "sctp"]);

/** Short options that take a word, which may be glued to them (`-tmangle`). */
const GLUED = "tAIDRPpsdiojmgN";

interface Rule {
  table?: Known<string>;
  action?: FirewallEffect["action"] | "replace" | "list";
  chain?: Known<string>;
  policy?: Known<string>;
  target?: Known<string>;
  mark?: { readonly how: string; readonly value: Argument };
  /** `--save-mark`, `--restore-mark` and their masks. */
  copies?: { readonly does: "save" | "restore"; readonly site: Site };
  packetMask?: Argument;
  connectionMask?: Argument;
  match: MatchDraft;
}

const TARGETS = new Set(["-j", "--jump", "-g", "--goto"]);
const MASKS: Readonly<Record<string, readonly ("packetMask" | "connectionMask")[]>> = {
  "--nfmask": ["packetMask"],
  "--ctmask": ["connectionMask"],
  "--mask": ["packetMask", "connectionMask"],
};
const MARKS = new Set(["--set-mark", "--set-xmark", "--or-mark", "--and-mark", "--xor-mark"]);

/** `--name=value` and `-tmangle` as two arguments. */
const separated = (list: readonly Argument[]): readonly Argument[] =>
  list.flatMap((one) => {
    const { text } = one;
    if (text === undefined) return [one];
    const long = /^(--[a-z-]+)=(.*)$/su.exec(text);
    if (long !== null)
      return [
        { ...one, text: long[1]! },
        { ...one, text: long[2]! },
      ];
    if (/^-[A-Za-z]./u.test(text) && GLUED.includes(text[1]!))
      return [
        { ...one, text: text.slice(0, 2) },
        { ...one, text: text.slice(2) },
      ];
    return [one];
  });

const readRule = (list: readonly Argument[]): Rule => {
  const rule: Rule = { match: { other: [] } };
  const words = separated(list);
  let negated = false;
  let i = 0;
  const isOption = (at: Argument | undefined): boolean => at?.text?.startsWith("-") === true && at.text.length > 1;
  const value = (): Argument | undefined => {
    // `-d ! ADDRESS` is how old releases wrote a negation.
    if (words[i]?.text === "!") {
      negated = true;
      i++;
    }
    return words[i++];
  };
  while (i < words.length) {
    const option = words[i++]!;
    const { text } = option;
    if (text === "!") {
      negated = true;
      continue;
    }
    if (text === undefined) {
      rule.match.other.push("");
      continue;
    }
    const command = text.startsWith("--") ? text.slice(2) : /^-[A-Z]$/u.test(text) ? text[1]! : "";
    if (Object.hasOwn(COMMANDS, command)) {
      rule.action = COMMANDS[command]!;
      if (words[i] !== undefined && !isOption(words[i]) && words[i]!.text !== "!") rule.chain = argument(words[i++]!);
      if (rule.action === "policy" && words[i] !== undefined && !isOption(words[i])) rule.policy = argument(words[i++]!);
      else if (words[i]?.text !== undefined && /^[0-9]+$/u.test(words[i]!.text!)) i++;
    } else if (text === "-t" || text === "--table") {
      const table = value();
      if (table !== undefined) rule.table = argument(table);
    } else if (TARGETS.has(text)) {
      const target = value();
      if (target !== undefined) rule.target = argument(target);
    } else if (MARKS.has(text)) {
      const mark = value();
      if (mark !== undefined) rule.mark = { how: text, value: mark };
    } else if (text === "--save-mark" || text === "--restore-mark") {
      rule.copies = { does: text === "--save-mark" ? "save" : "restore", site: option.site };
    } else if (rule.copies !== undefined && Object.hasOwn(MASKS, text)) {
      const mask = value();
      if (mask !== undefined) for (const name of MASKS[text]!) rule[name] = mask;
    } else if (text === "-m" || text === "--match") {
      const module = value();
      if (module?.text === undefined || !MODULES.has(module.text)) rule.match.other.push(`-m ${module?.text ?? ""}`.trim());
    } else if (Object.hasOwn(MATCHES, text)) {
      const given = value();
      if (given !== undefined) MATCHES[text]!(rule.match, given, negated);
    } else if (Object.hasOwn(SILENT, text)) {
      i += SILENT[text]!;
      if ((text === "-w" || text === "--wait") && /^[0-9.]+$/u.test(words[i]?.text ?? "")) i++;
    } else {
      const rest = words[i] !== undefined && !isOption(words[i]) && words[i]!.text !== "!" ? words[i++]!.text : undefined;
      rule.match.other.push(rest === undefined ? text : `${text} ${rest}`);
    }
    negated = false;
  }
  return rule;
};

/** The mark a packet without one gets, and the bits that are touched. Where bits of the value lie outside of the mask, they are changed as well. */
const markOf = (how: string, value: Argument): { readonly mark: Known<number>; readonly mask: Known<number> } => {
  const [left, right] = value.text?.split("/") ?? [];
  const number = unsigned(left);
  const mask = right === undefined ? 0xffffffff : unsigned(right);
  if (number === undefined || mask === undefined) return { mark: unknown(value.site), mask: unknown(value.site) };
  const given = (mark: number, bits: number) => ({ mark: known(mark, value.site), mask: known(bits >>> 0, value.site) });
  switch (how) {
    case "--and-mark":
      return given(0, ~number);
    case "--or-mark":
    case "--xor-mark":
      return given(number, number);
    default:
      return given(number, mask | number);
  }
};

/** CONNMARK: a mark of the connection, or one copied between the connection and the packet. */
const connectionMarkOf = ({ mark, copies, packetMask, connectionMask }: Rule): ConnectionMark | undefined => {
  if (mark !== undefined) return { does: "set", ...markOf(mark.how, mark.value) };
  if (copies === undefined) return undefined;
  const { does, site } = copies;
  const bits = (given: Argument | undefined): Known<number> =>
    given === undefined ? known(0xffffffff, site) : maybe(unsigned(given.text), given.site);
  const [mask, taken] = does === "save" ? [connectionMask, packetMask] : [packetMask, connectionMask];
  return { does, mark: known(0, site), mask: bits(mask), taken: bits(taken) };
};

type ConnectionMark = Pick<ConnectionMarkEffect, "does" | "mark" | "mask" | "taken">;

/** One rule or other change; `table` for the lines of a dump, which name the table once for many. */
export const iptablesEffects = (call: Invocation, tool: FirewallTool, table?: Known<string>): readonly Effect[] | undefined => {
  const rule = readRule(call.arguments);
  if (rule.action === undefined || rule.action === "list") return undefined;
  const inTable = rule.table ?? table ?? known("filter", call.site);
  // Replacing a rule leaves one that reads as the new one.
  const action = rule.action === "replace" ? "insert" : rule.action;
  const { chain } = rule;
  if (chain !== undefined && (action === "append" || action === "insert" || action === "delete")) {
    const place = { ...baseOf(call), tool, action, table: inTable, chain, match: rule.match };
    const target = valueOf(rule.target);
    if (target === "MARK" && rule.mark !== undefined) return [{ ...place, kind: "mark", ...markOf(rule.mark.how, rule.mark.value) }];
    const ofConnection = target === "CONNMARK" ? connectionMarkOf(rule) : undefined;
    if (ofConnection !== undefined) return [{ ...place, kind: "connection-mark", ...ofConnection }];
  }
  const target = action === "policy" ? rule.policy : rule.target;
  return [
    {
      ...baseOf(call),
      kind: "firewall",
      tool,
      action,
      table: inTable,
      ...(chain === undefined ? {} : { chain }),
      ...(target === undefined ? {} : { target }),
      match: rule.match,
    },
  ];
};

export const iptables: Interpreter = (call) => iptablesEffects(call, call.name.startsWith("ip6") ? "ip6tables" : "iptables");
