/** iptables and ip6tables: rules that set marks, and every other change of the packet filter. Also reads the lines of iptables-save. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { known, maybe, unknown, valueOf } from "./known.ts";
import { portNumber, unsigned } from "./numbers.ts";
import type { Effect, FirewallEffect, FirewallTool, Known, Match, PacketMatch, PortRange } from "./types.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

const COMMANDS: Readonly<Record<string, FirewallEffect["action"] | "replace" | "list">> = {
  A: "append", append: "append", I: "insert", insert: "insert", D: "delete", delete: "delete", R: "replace", replace: "replace",
  P: "policy", policy: "policy", F: "flush", flush: "flush", N: "new-chain", "new-chain": "new-chain", new: "new-chain",
  X: "delete-chain", "delete-chain": "delete-chain", L: "list", list: "list", S: "list", "list-rules": "list", Z: "list", zero: "list",
  C: "list", check: "list", E: "list", "rename-chain": "list",
};

/** Options of matches and targets that say nothing about which packets are meant: how many words follow each. */
const SILENT: Readonly<Record<string, number>> = {
  "--comment": 1, "--reject-with": 1, "--log-prefix": 1, "--log-level": 1, "-v": 0, "--verbose": 0, "-n": 0, "--numeric": 0,
  "-w": 0, "--wait": 0, "-4": 0, "-6": 0, "-c": 2, "--set-counters": 2, "--line-numbers": 0, "-x": 0, "--modprobe": 1,
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
  match: Draft<PacketMatch> & { other: string[] };
}

const names = (text: string): readonly string[] => text.split(",").filter((part) => part !== "");

const ports = (text: string): readonly PortRange[] | undefined => {
  const ranges: PortRange[] = [];
  for (const part of names(text)) {
    const [low, high] = part.split(":");
    const from = low === "" ? 0 : portNumber(low);
    const to = high === undefined ? from : high === "" ? 65535 : portNumber(high);
    if (from === undefined || to === undefined) return undefined;
    ranges.push({ from, to });
  }
  return ranges;
};

type MatchReader = (match: Rule["match"], value: Argument, negated: boolean) => void;

const set =
  <T>(key: keyof PacketMatch, reading: (text: string) => T | undefined): MatchReader =>
  (match, value, negated) => {
    const field: Match<T> = { value: read(value, reading), negated };
    (match as Record<string, unknown>)[key] = field;
  };

const same = (text: string): string => text;
const lower = (text: string): string => text.toLowerCase();

const MATCHES: Readonly<Record<string, MatchReader>> = {
  ...Object.fromEntries(["-d", "--destination", "--dst"].map((name) => [name, set("destination", names)])),
  ...Object.fromEntries(["-s", "--source", "--src"].map((name) => [name, set("source", names)])),
  ...Object.fromEntries(["-p", "--protocol", "--proto"].map((name) => [name, set("protocol", lower)])),
  ...Object.fromEntries(["-i", "--in-interface"].map((name) => [name, set("inInterface", same)])),
  ...Object.fromEntries(["-o", "--out-interface"].map((name) => [name, set("outInterface", same)])),
  ...Object.fromEntries(["--dport", "--dports", "--destination-port", "--destination-ports"].map((name) => [name, set("destinationPorts", ports)])),
  ...Object.fromEntries(["--sport", "--sports", "--source-port", "--source-ports"].map((name) => [name, set("sourcePorts", ports)])),
  "--mac-source": set("macSource", lower),
  ...Object.fromEntries(["--state", "--ctstate"].map((name) => [name, set("states", (text) => names(text.toUpperCase()))])),
};

const TARGETS = new Set(["-j", "--jump", "-g", "--goto"]);
const MARKS = new Set(["--set-mark", "--set-xmark", "--or-mark", "--and-mark", "--xor-mark"]);

/** `--name=value` and `-tmangle` as two arguments. */
const separated = (list: readonly Argument[]): readonly Argument[] =>
  list.flatMap((one) => {
    const { text } = one;
    if (text === undefined) return [one];
    const long = /^(--[a-z-]+)=(.*)$/su.exec(text);
    if (long !== null) return [{ ...one, text: long[1]! }, { ...one, text: long[2]! }];
    if (/^-[A-Za-z]./u.test(text) && GLUED.includes(text[1]!)) return [{ ...one, text: text.slice(0, 2) }, { ...one, text: text.slice(2) }];
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

/** The mark a packet without one gets, and the bits that are touched. */
const markOf = (how: string, value: Argument): { readonly mark: Known<number>; readonly mask: Known<number> } => {
  const [left, right] = value.text?.split("/") ?? [];
  const number = unsigned(left);
  const mask = right === undefined ? undefined : unsigned(right);
  if (number === undefined || (right !== undefined && mask === undefined)) return { mark: unknown(value.site), mask: unknown(value.site) };
  const given = (mark: number, bits: number) => ({ mark: known(mark, value.site), mask: known(bits >>> 0, value.site) });
  switch (how) {
    case "--and-mark":
      return given(0, ~number);
    case "--or-mark":
    case "--xor-mark":
      return given(number, number);
    default:
      return given(number, mask ?? 0xffffffff);
  }
};

/** One rule or other change; `table` for the lines of a dump, which name the table once for many. */
export const iptablesEffects = (call: Invocation, tool: FirewallTool, table?: Known<string>): readonly Effect[] | undefined => {
  const rule = readRule(call.arguments);
  if (rule.action === undefined || rule.action === "list") return undefined;
  const inTable = rule.table ?? table ?? known("filter", call.site);
  // Replacing a rule leaves one that reads as the new one.
  const action = rule.action === "replace" ? "insert" : rule.action;
  const { chain } = rule;
  if (rule.mark !== undefined && chain !== undefined && (action === "append" || action === "insert" || action === "delete") && valueOf(rule.target) === "MARK") {
    return [{ ...baseOf(call), kind: "mark", tool, action, table: inTable, chain, ...markOf(rule.mark.how, rule.mark.value), match: rule.match }];
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

/** `nft add rule [family] TABLE CHAIN …` in its simple forms, and the flushes. */
export const nft: Interpreter = (call) => {
  // A rule is often one quoted argument: its words all stand where that argument stands.
  const words = call.arguments.flatMap((one): readonly Argument[] =>
    one.text === undefined ? [one] : one.text.split(/[\s;]+/u).filter((text) => text !== "").map((text) => ({ text, site: one.site })),
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
      { ...baseOf(call), kind: "firewall", tool: "nft", action: "flush", table: table === undefined ? unknown(call.site) : argument(table), ...(chain === undefined ? {} : { chain: argument(chain) }), match: empty },
    ];
  }
  if ((verb !== "add" && verb !== "insert") || object !== "rule" || words[i] === undefined || words[i + 1] === undefined) return undefined;
  const table = argument(words[i++]!);
  const chain = argument(words[i++]!);
  const match: Rule["match"] = { other: [] };
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
