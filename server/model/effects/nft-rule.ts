/** One rule of nftables: which packets it means, the marks it sets, where it sends them. */
import type { Site } from "../../../grammar/text.ts";
import type { Argument } from "./commands.ts";
import { known, unknown } from "./known.ts";
import { type MarkValue, markValue } from "./nft-marks.ts";
import { type NftToken, siteBetween } from "./nft-tokens.ts";
import { MATCHES, type MatchDraft } from "./packet-match.ts";
import type { Known } from "./types.ts";

/** The values of `define`s and named sets: each a list of elements, or undefined when it cannot be known. */
export interface NftNames {
  readonly defines: ReadonlyMap<string, readonly string[] | undefined>;
  readonly sets: ReadonlyMap<string, readonly string[] | undefined>;
}

export interface NftRule {
  readonly match: MatchDraft;
  /** `mark set` and `ct mark set`, in their order. */
  readonly marks: readonly MarkStatement[];
  /** Upper case verdict, or the chain of a jump; unknown for a verdict map. */
  readonly target?: Known<string>;
}

export interface MarkStatement {
  readonly of: "packet" | "connection";
  /** undefined: cannot be known. */
  readonly value: MarkValue | undefined;
  readonly site: Site;
}

const verdicts = new Set(["accept", "drop", "reject", "return", "queue", "continue"]);
const translations = new Set(["masquerade", "snat", "dnat", "redirect", "tproxy", "notrack"]);
const operators = new Set(["==", "!=", "<", ">", "<=", ">=", "eq", "ne", "lt", "gt", "le", "ge"]);
const transports = new Set(["tcp", "udp", "sctp", "udplite", "dccp", "th"]);

/** Fields of one word. */
const alone = new Set(["iif", "iifname", "oif", "oifname", "mark", "nfproto", "l4proto", "protocol", "skuid", "skgid"]);

/** Fields by the words that name them, and the option of iptables that means the same. */
const fields: Readonly<Record<string, string>> = {
  "ip daddr": "-d",
  "ip saddr": "-s",
  "ip protocol": "-p",
  "ip6 daddr": "-d",
  "ip6 saddr": "-s",
  "ip6 nexthdr": "-p",
  "meta l4proto": "-p",
  "meta iif": "-i",
  "meta iifname": "-i",
  "meta oif": "-o",
  "meta oifname": "-o",
  "ether saddr": "--mac-source",
  "ct state": "--state",
};

/** How many words behind a statement belong to it and say nothing about which packets are meant. */
const silent: Readonly<Record<string, readonly string[]>> = {
  counter: ["packets", "bytes", "name"],
  log: ["prefix", "level", "group", "snaplen", "queue-threshold", "flags"],
  comment: [],
};

/** Reads the words of one rule. Never throws; what it does not know narrows the rule (`other`). */
export const readNftRule = (tokens: readonly NftToken[], file: string, names: NftNames): NftRule => {
  const match: MatchDraft = { other: [] };
  const marks: MarkStatement[] = [];
  let target: Known<string> | undefined;
  let i = 0;
  const siteOf = (from: NftToken, to: NftToken = from): Site => siteBetween(file, from, to);
  const word = (at = i): string | undefined => (tokens[at]?.kind === "word" ? tokens[at].text : undefined);

  /** The value a field is compared with, as a list in one text; undefined when it is computed. */
  const operand = (): { readonly value: Argument; readonly negated: boolean } | undefined => {
    let negated = false;
    let comparable = true;
    if (word() !== undefined && operators.has(word()!)) {
      negated = word() === "!=" || word() === "ne";
      comparable = negated || word() === "==" || word() === "eq";
      i++;
    }
    const first = tokens[i];
    if (first === undefined) return undefined;
    let last = first;
    const elements: (string | undefined)[] = [];
    if (first.kind === "open") {
      i++;
      let depth = 1;
      for (; i < tokens.length; i++) {
        last = tokens[i]!;
        if (last.kind === "open") depth++;
        else if (last.kind === "close" && --depth === 0) break;
        else if (last.kind === "colon") comparable = false;
        else if (last.kind === "word") elements.push(...valuesOf(last.text, names));
      }
      i++;
    } else {
      for (;;) {
        last = tokens[i]!;
        elements.push(...valuesOf(last.text, names));
        i++;
        // `ct state established,related`: a list without braces.
        if (tokens[i]?.kind !== "comma" || tokens[i + 1]?.kind !== "word") break;
        i++;
      }
      // `tcp dport & 1 == 0`, `ip saddr . tcp dport @set`: computed.
      if (["&", "|", "^", "and", "or", "xor", ".", "<<", ">>"].includes(word() ?? "")) {
        comparable = false;
        while (word() !== undefined && !verdicts.has(word()!)) i++;
      }
    }
    const text = comparable && elements.length > 0 && elements.every((one) => one !== undefined) ? elements.join(",") : undefined;
    return { value: { text, site: siteOf(first, last) }, negated };
  };

  const compare = (option: string): void => {
    if (word() === ".") {
      concatenated();
      return;
    }
    const given = operand();
    if (given === undefined) return;
    const { value, negated } = given;
    const text = /port/u.test(option) ? value.text?.replaceAll("-", ":") : value.text;
    MATCHES[option]!(match, { ...value, text }, negated);
  };

  /** `ip daddr . tcp dport { 10.0.0.1 . 80 }`, behind the first field: what they are together is not kept. */
  const concatenated = (): void => {
    while (word() === ".") i += alone.has(word(i + 1) ?? "") ? 2 : 3;
    operand();
    match.other.push("fields together");
  };

  const setMark = (of: MarkStatement["of"]): void => {
    const first = tokens[i];
    if (first === undefined) return;
    const start = i;
    while (i < tokens.length && !endsExpression(i)) i++;
    const words = tokens.slice(start, i).map((token) => (token.kind === "word" ? oneValue(token.text, names) : undefined));
    marks.push({ of, value: markValue(words), site: siteOf(first, tokens[Math.max(start, i - 1)]) });
  };

  /** A verdict, or the next statement that sets something: `… meta mark set 1 ct mark set 1 accept`. */
  const endsExpression = (at: number): boolean => {
    const text = word(at);
    if (text === undefined) return false;
    if (verdicts.has(text) || text === "jump" || text === "goto" || text === "counter" || text === "comment") return true;
    return word(at + 1) === "set" || ((text === "meta" || text === "ct") && word(at + 2) === "set");
  };

  while (i < tokens.length) {
    const token = tokens[i++]!;
    if (token.kind !== "word") continue;
    const { text } = token;
    const pair = `${text} ${word() ?? ""}`;
    if (verdicts.has(text)) {
      target = known(text.toUpperCase(), siteOf(token));
      if (text === "reject" || text === "queue") while (word() !== undefined && word() !== "comment") i++;
    } else if (text === "jump" || text === "goto") {
      const chain = tokens[i++];
      if (chain !== undefined) target = known(chain.text, siteOf(chain));
    } else if (text === "vmap") {
      operand();
      match.other.push("vmap");
      target = unknown(siteOf(token));
    } else if (translations.has(text)) {
      target = known(text.toUpperCase(), siteOf(token));
      i = tokens.length;
    } else if (Object.hasOwn(silent, text)) {
      if (text === "comment") i++;
      while (silent[text]!.includes(word() ?? "")) i += 2;
    } else if (transports.has(text)) {
      const field = word();
      i++;
      if (text !== "th") match.protocol ??= { value: known(text, siteOf(token)), negated: false };
      if ((field === "dport" || field === "sport") && !isMapped(tokens, i)) compare(`--${field}`);
      else skipUninterpreted(`${text} ${field ?? ""}`);
    } else if (pair === "meta mark" || pair === "ct mark") {
      i++;
      markStatement(text === "ct" ? "connection" : "packet");
    } else if (text === "mark") markStatement("packet");
    else if (pair === "meta nfproto" || pair === "meta protocol") {
      i++;
      const given = operand();
      match.other.push(`${pair} ${given?.value.text ?? ""}`);
    } else if (Object.hasOwn(fields, pair) && !isMapped(tokens, i + 1)) {
      i++;
      compare(fields[pair]!);
    } else if ((text === "iif" || text === "iifname" || text === "oif" || text === "oifname") && !isMapped(tokens, i))
      compare(text.startsWith("i") ? "-i" : "-o");
    else if (text === "limit" || text === "quota") {
      match.other.push(text);
      while (word() !== undefined && !verdicts.has(word()!) && word() !== "jump" && word() !== "counter") i++;
    } else skipUninterpreted(text);
  }
  return { match, marks, ...(target === undefined ? {} : { target }) };

  function markStatement(of: MarkStatement["of"]): void {
    if (word() === "set") {
      i++;
      setMark(of);
    } else {
      const given = operand();
      match.other.push(`${of === "connection" ? "ct mark" : "mark"} ${given?.value.text ?? ""}`.trim());
    }
  }

  /** `fib daddr type local`, `pkttype multicast`, `icmp type { … }`: what follows up to the next word of its own. */
  function skipUninterpreted(name: string): void {
    match.other.push(name);
    while (i < tokens.length) {
      const next = tokens[i]!;
      if (next.kind === "open") operand();
      else if (
        next.kind === "word" &&
        (verdicts.has(next.text) || ["jump", "goto", "vmap", "counter", "log", "comment"].includes(next.text))
      )
        return;
      else if (
        next.kind === "word" &&
        (Object.hasOwn(fields, `${next.text} ${word(i + 1) ?? ""}`) ||
          (next.text === "ct" && word(i + 1) === "mark") ||
          (transports.has(next.text) && /^[sd]port$/u.test(word(i + 1) ?? "")))
      )
        return;
      else if (next.kind === "word" && (next.text === "meta" || next.text === "mark")) return;
      else i++;
    }
  }
};

/** `tcp dport vmap { … }`, `ip saddr map @x`. */
const isMapped = (tokens: readonly NftToken[], at: number): boolean => tokens[at]?.text === "vmap" || tokens[at]?.text === "map";

const maxElements = 4096;

const valuesOf = (text: string, { defines, sets }: NftNames): readonly (string | undefined)[] => {
  if (text.startsWith("$")) return defines.get(text.slice(1)) ?? [undefined];
  if (text.startsWith("@")) return sets.get(text.slice(1)) ?? [undefined];
  return [text];
};

const oneValue = (text: string, names: NftNames): string | undefined => {
  const values = valuesOf(text, names);
  return values.length === 1 ? values[0] : undefined;
};

/** The elements of a `define` or a set: words up to the closing brace; undefined when one of them cannot be known, or there are too many. */
export const elementsOf = (tokens: readonly NftToken[], names: NftNames): readonly string[] | undefined => {
  const found: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === "colon") return undefined;
    if (token.kind !== "word") continue;
    // `10.0.0.1 timeout 5m`, `… comment "x"`, `… counter packets 0 bytes 0`.
    if (
      token.text === "timeout" ||
      token.text === "expires" ||
      token.text === "comment" ||
      token.text === "packets" ||
      token.text === "bytes"
    )
      i++;
    else if (token.text === ".") return undefined;
    else if (token.text !== "counter") {
      const values = valuesOf(token.text, names);
      for (const value of values) {
        if (value === undefined || found.length >= maxElements) return undefined;
        found.push(value);
      }
    }
  }
  return found;
};
