/** nftables rulesets (`nft list ruleset`, /etc/nftables.conf) as effects. */
import type { Site } from "../../../grammar/text.ts";
import { known } from "./known.ts";
import { elementsOf, readNftRule } from "./nft-rule.ts";
import { type NftToken, nftTokens } from "./nft-tokens.ts";
import type { Effect, FirewallEffect, MarkEffect } from "./types.ts";

export const looksLikeNftRuleset = (text: string): boolean =>
  /^[ \t]*(?:add[ \t]+)?table[ \t]+(?:(?:ip|ip6|inet|arp|bridge|netdev)[ \t]+)?[\w.-]+[ \t]*(?:\{|;|$)/mu.test(text) &&
  /\bchain[ \t]+\S+/u.test(text);

type Family = "ip" | "ip6" | "inet" | "arp" | "bridge" | "netdev";
const families = new Set(["ip", "ip6", "inet", "arp", "bridge", "netdev"]);

interface Table {
  readonly family: Family;
  readonly name: string;
}

interface Chain {
  readonly table: Table;
  readonly name: string;
  /** Of a base chain, upper case: where packets pass through it. */
  readonly hook?: string;
}

interface Reading {
  readonly file: string;
  readonly defines: Map<string, readonly string[] | undefined>;
  readonly sets: Map<string, readonly string[] | undefined>;
  readonly chains: Map<string, Chain>;
  readonly effects: Effect[];
}

/**
 * Rules of every table that sees IP packets of the host; netdev, bridge and arp tables are left out. A base chain is called by its
 * hook (PREROUTING), whatever its name is, which `base` keeps: so marks are found where the packets are. Sets with
 * their elements and `define`s are replaced; verdict maps are unknown. Never throws, one pass.
 */
export const effectsOfNftRuleset = (text: string, file: string): readonly Effect[] => {
  const reading: Reading = { file, defines: new Map(), sets: new Map(), chains: new Map(), effects: [] };
  const tokens = nftTokens(text);
  let i = 0;
  while (i < tokens.length) {
    const end = statementEnd(tokens, i);
    const opened = tokens[end]?.kind === "open";
    const words = tokens.slice(i, end);
    if (!opened) {
      command(reading, words);
      i = end + 1;
      continue;
    }
    const close = blockEnd(tokens, end);
    const table = tableOf(words);
    if (table !== undefined) readTable(reading, table, tokens.slice(end + 1, close));
    else if (words.some(({ text: word }) => word === "chain") || words.some(({ text: word }) => word === "set"))
      object(reading, words, tokens.slice(end + 1, close));
    else command(reading, tokens.slice(i, close + 1));
    i = close + 1;
  }
  return reading.effects;
};

/** Where the statement that begins at `from` ends: its line end, `;`, or the brace that opens its block. */
const statementEnd = (tokens: readonly NftToken[], from: number): number => {
  let i = from;
  while (i < tokens.length && tokens[i]!.kind !== "end" && tokens[i]!.kind !== "open" && tokens[i]!.kind !== "close") i++;
  return i;
};

/** The brace that closes the block opened at `open`, or the end of the text. */
const blockEnd = (tokens: readonly NftToken[], open: number): number => {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]!.kind === "open") depth++;
    else if (tokens[i]!.kind === "close" && --depth === 0) return i;
  }
  return tokens.length;
};

const tableOf = (words: readonly NftToken[]): Table | undefined => {
  const names = words.filter(({ kind }) => kind === "word").map(({ text }) => text);
  const at = names[0] === "add" || names[0] === "create" ? 1 : 0;
  if (names[at] !== "table") return undefined;
  const family = families.has(names[at + 1] ?? "") && names[at + 2] !== undefined ? (names[at + 1] as Family) : "ip";
  const name = names[at + 1] === family && names[at + 2] !== undefined ? names[at + 2] : names[at + 1];
  return name === undefined ? undefined : { family, name };
};

/** The blocks of a table: sets first, for rules may stand before the sets that they use. */
const readTable = (reading: Reading, table: Table, tokens: readonly NftToken[]): void => {
  const chains: { readonly name: string; readonly body: readonly NftToken[] }[] = [];
  let i = 0;
  while (i < tokens.length) {
    const end = statementEnd(tokens, i);
    if (tokens[end]?.kind !== "open") {
      i = end + 1;
      continue;
    }
    const close = blockEnd(tokens, end);
    const words = tokens.slice(i, end).filter(({ kind }) => kind === "word");
    const body = tokens.slice(end + 1, close);
    const [what, name] = words;
    if (what?.text === "chain" && name !== undefined) chains.push({ name: name.text, body });
    else if (what?.text === "set" && name !== undefined) defineSet(reading, name.text, body);
    i = close + 1;
  }
  const made = chains.map(({ name, body }) => ({ chain: makeChain(reading, table, name, body), body }));
  for (const { chain, body } of made) readChain(reading, chain, body);
};

/** `elements = { … }` of a set; one without them is filled by somebody else. */
const defineSet = (reading: Reading, name: string, body: readonly NftToken[]): void => {
  const at = body.findIndex(({ text }) => text === "elements");
  const open = at < 0 ? -1 : body.findIndex(({ kind }, index) => index > at && kind === "open");
  const isFilled = body.some(({ text }) => text === "dynamic" || text === "timeout");
  reading.sets.set(name, open < 0 || isFilled ? undefined : elementsOf(body.slice(open + 1, blockEnd(body, open)), reading));
};

const makeChain = (reading: Reading, table: Table, name: string, body: readonly NftToken[]): Chain => {
  const hook = hookOf(body);
  const chain: Chain = { table, name, ...(hook === undefined ? {} : { hook }) };
  reading.chains.set(keyOf(table, name), chain);
  return chain;
};

const keyOf = ({ family, name }: Table, chain: string): string => `${family} ${name} ${chain}`;

const hookOf = (body: readonly NftToken[]): string | undefined => {
  const at = body.findIndex(({ text }) => text === "hook");
  const first = body.find(({ kind }) => kind === "word");
  return first?.text === "type" && at >= 0 ? body[at + 1]?.text.toUpperCase() : undefined;
};

const readChain = (reading: Reading, chain: Chain, body: readonly NftToken[]): void => {
  let start = 0;
  let depth = 0;
  for (let i = 0; i <= body.length; i++) {
    const token = body[i];
    if (token?.kind === "open") depth++;
    else if (token?.kind === "close") depth--;
    if (token !== undefined && (token.kind !== "end" || depth > 0)) continue;
    const words = body.slice(start, i).filter(({ kind }) => kind !== "end");
    start = i + 1;
    if (words.length > 0) statement(reading, chain, words, "append");
  }
};

const sees = ({ table: { family }, hook }: Chain): boolean =>
  (family === "ip" || family === "ip6" || family === "inet") && hook !== "INGRESS" && hook !== "EGRESS";

/** A line of a chain: its type, its policy, or a rule. */
const statement = (reading: Reading, chain: Chain, words: readonly NftToken[], action: "append" | "insert", from?: NftToken): void => {
  const [first, second] = words;
  if (first === undefined || first.text === "type" || first.text === "comment" || !sees(chain)) return;
  const site: Site = { file: reading.file, span: { start: (from ?? first).start, end: words.at(-1)!.end } };
  const place = { file: reading.file, span: { start: first.start, end: first.end } };
  const { family } = chain.table;
  const base = {
    tool: "nft" as const,
    table: known(chain.table.name, site),
    chain: known(chain.hook ?? chain.name, site),
    ...(chain.hook === undefined ? {} : { base: chain.name }),
    ...(family === "inet" ? {} : { family: family === "ip6" ? (6 as const) : (4 as const) }),
    site,
    command: place,
    path: [],
  };
  if (first.text === "policy") {
    if (second !== undefined)
      reading.effects.push({
        ...base,
        kind: "firewall",
        action: "policy",
        target: known(second.text.toUpperCase(), { file: reading.file, span: { start: second.start, end: second.end } }),
        match: { other: [] },
      });
    return;
  }
  const { match, mark, target } = readNftRule(words, reading.file, reading);
  const jump = target?.kind === "known" ? reading.chains.get(keyOf(chain.table, target.value)) : undefined;
  if (mark !== undefined)
    reading.effects.push({ ...base, kind: "mark", action, mark: mark.value, mask: mark.mask, match } satisfies MarkEffect);
  if (mark === undefined || target !== undefined)
    reading.effects.push({
      ...base,
      kind: "firewall",
      action,
      ...(target === undefined ? {} : { target: jump?.hook === undefined ? target : known(jump.hook, target.site) }),
      match,
    } satisfies FirewallEffect);
};

/** Statements outside of a table's block: `define`, and `add rule …` one by one. */
const command = (reading: Reading, tokens: readonly NftToken[]): void => {
  const words = tokens.filter(({ kind }) => kind === "word");
  const [first, second] = words;
  if (first === undefined || second === undefined) return;
  if (first.text === "define" || first.text === "redefine") {
    const [name] = second.text.split("=");
    const at = tokens.findIndex(({ text }) => text.includes("="));
    const sign = tokens[at];
    if (name === undefined || sign === undefined) return;
    const glued = sign.text.slice(sign.text.indexOf("=") + 1);
    reading.defines.set(name, elementsOf([...(glued === "" ? [] : [{ ...sign, text: glued }]), ...tokens.slice(at + 1)], reading));
    return;
  }
  if ((first.text !== "add" && first.text !== "insert") || second.text !== "rule") return;
  const at = families.has(words[2]?.text ?? "") ? 3 : 2;
  const family = at === 3 ? (words[2]!.text as Family) : "ip";
  const [table, chain] = words.slice(at);
  if (table === undefined || chain === undefined) return;
  const place = { family, name: table.text };
  const held = reading.chains.get(keyOf(place, chain.text)) ?? { table: place, name: chain.text };
  statement(reading, held, tokens.slice(tokens.indexOf(chain) + 1), first.text === "insert" ? "insert" : "append", first);
};

/** `add chain ip filter input { type filter hook input priority 0; policy drop; }`, `add set …`. */
const object = (reading: Reading, words: readonly NftToken[], body: readonly NftToken[]): void => {
  const names = words.filter(({ kind }) => kind === "word").map(({ text }) => text);
  const at = names.findIndex((name) => name === "chain" || name === "set");
  const family = families.has(names[at + 1] ?? "") ? (names[at + 1] as Family) : "ip";
  const [table, name] = names.slice(at + (families.has(names[at + 1] ?? "") ? 2 : 1));
  if (table === undefined || name === undefined) return;
  if (names[at] === "set") defineSet(reading, name, body);
  else readChain(reading, makeChain(reading, { family, name: table }, name, body), body);
};
