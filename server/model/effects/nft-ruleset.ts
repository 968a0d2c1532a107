/** nftables rulesets (`nft list ruleset`, /etc/nftables.conf) as effects. */
import type { Site } from "../../../grammar/text.ts";
import { known, unknown } from "./known.ts";
import { touchedBits } from "./nft-marks.ts";
import { elementsOf, type MarkStatement, readNftRule } from "./nft-rule.ts";
import { type NftToken, nftTokens, siteBetween, unknownWord } from "./nft-tokens.ts";
import type { ConnectionMarkEffect, Effect, FirewallEffect, Known, MarkEffect } from "./types.ts";

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
  readonly priority?: number;
}

interface Reading {
  readonly file: string;
  readonly defines: Map<string, readonly string[] | undefined>;
  readonly sets: Map<string, readonly string[] | undefined>;
  readonly chains: Map<string, Chain>;
  readonly effects: Effect[];
}

/**
 * Rules of every table that sees IP packets of the host; bridge and arp tables are left out, and what netdev tables refuse. A base chain is called by its
 * hook (PREROUTING), whatever its name is, which `base` keeps: so marks are found where the packets are. Sets with
 * their elements and `define`s are replaced; verdict maps are unknown. Never throws, one pass.
 */
export const effectsOfNftRuleset = (text: string, file: string): readonly Effect[] => effectsOfNftTokens(nftTokens(text), file);

/** The same for words that come from somewhere else: the arguments of the command `nft`. */
export const effectsOfNftTokens = (tokens: readonly NftToken[], file: string): readonly Effect[] => {
  const reading: Reading = { file, defines: new Map(), sets: new Map(), chains: new Map(), effects: [] };
  let i = 0;
  while (i < tokens.length) {
    const end = statementEnd(tokens, i);
    const words = tokens.slice(i, end);
    if (tokens[end]?.kind === "open") {
      const close = blockEnd(tokens, end);
      const body = tokens.slice(end + 1, close);
      const table = tableOf(words);
      if (table !== undefined) readTable(reading, table, body);
      else if (isObject(words)) object(reading, words, body);
      if (table !== undefined || isObject(words)) {
        i = close + 1;
        continue;
      }
    }
    const whole = commandEnd(tokens, end);
    command(reading, tokens.slice(i, whole));
    i = whole + 1;
  }
  return reading.effects;
};

/** `chain …`, `set …`, with or without `add`. */
const isObject = (words: readonly NftToken[]): boolean => {
  const [first, second] = words.filter(({ kind }) => kind === "word");
  const what = first !== undefined && adds.has(first.text) ? second : first;
  return what?.text === "chain" || what?.text === "set";
};

const adds = new Set(["add", "create", "insert", "replace"]);

/** The line end behind the braces of the statement, which is at `from` or later. */
const commandEnd = (tokens: readonly NftToken[], from: number): number => {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const { kind } = tokens[i]!;
    if (kind === "open") depth++;
    else if (kind === "close") depth--;
    else if (kind === "end" && depth <= 0) return i;
  }
  return tokens.length;
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
  const priority = hook === undefined ? undefined : priorityOf(body);
  const chain: Chain = { table, name, ...(hook === undefined ? {} : { hook }), ...(priority === undefined ? {} : { priority }) };
  reading.chains.set(keyOf(table, name), chain);
  return chain;
};

const keyOf = ({ family, name }: Table, chain: string): string => `${family} ${name} ${chain}`;

const hookOf = (body: readonly NftToken[]): string | undefined => {
  const at = body.findIndex(({ text }) => text === "hook");
  const first = body.find(({ kind }) => kind === "word");
  return first?.text === "type" && at >= 0 ? body[at + 1]?.text.toUpperCase() : undefined;
};

const priorities: Readonly<Record<string, number>> = { raw: -300, mangle: -150, dstnat: -100, filter: 0, security: 50, srcnat: 100 };

/** `priority -150`, `priority mangle - 5`. */
const priorityOf = (body: readonly NftToken[]): number | undefined => {
  const at = body.findIndex(({ text }) => text === "priority");
  const end = body.findIndex(({ kind }, index) => index > at && kind !== "word");
  const text = body
    .slice(at + 1, end < 0 ? body.length : end)
    .map((token) => token.text)
    .join("");
  const [, name, number = "0"] = /^([a-z]*)([+-]?[0-9]+)?$/u.exec(text) ?? [];
  if (at < 0 || text === "" || name === undefined) return undefined;
  const base = name === "" ? 0 : Object.hasOwn(priorities, name) ? priorities[name]! : undefined;
  return base === undefined ? undefined : base + Number(number);
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

const sees = ({ table: { family } }: Chain): boolean => family === "ip" || family === "ip6" || family === "inet" || family === "netdev";

/** Only marks count here: what is refused here does not say that the packet filter of IP refuses it. */
const isBeforeIp = ({ table: { family }, hook }: Chain): boolean => family === "netdev" || hook === "INGRESS" || hook === "EGRESS";

const named = ({ text }: NftToken, site: Site): Known<string> => (text === unknownWord ? unknown(site) : known(text, site));

/** A line of a chain: its type, its policy, or a rule. */
const statement = (reading: Reading, chain: Chain, words: readonly NftToken[], action: "append" | "insert", from?: NftToken): void => {
  const [first, second] = words;
  if (first === undefined || first.text === "type" || first.text === "comment" || !sees(chain)) return;
  const site = siteBetween(reading.file, from ?? first, words.at(-1));
  const { family } = chain.table;
  const base = {
    tool: "nft" as const,
    table: chain.table.name === unknownWord ? unknown<string>(site) : known(chain.table.name, site),
    chain: chain.name === unknownWord ? unknown<string>(site) : known(chain.hook ?? chain.name, site),
    ...(chain.hook === undefined ? {} : { base: chain.name }),
    ...(chain.priority === undefined ? {} : { priority: chain.priority }),
    ...ipVersion(family),
    site,
    command: siteBetween(reading.file, first),
    path: [],
  };
  if (first.text === "policy") {
    if (second !== undefined && !isBeforeIp(chain))
      reading.effects.push({
        ...base,
        kind: "firewall",
        action: "policy",
        target: known(second.text.toUpperCase(), siteBetween(reading.file, second)),
        match: { other: [] },
      });
    return;
  }
  const { match, marks, target } = readNftRule(words, reading.file, reading);
  const jump = target?.kind === "known" ? reading.chains.get(keyOf(chain.table, target.value)) : undefined;
  for (const mark of marks) reading.effects.push({ ...base, action, match, ...markEffect(mark) });
  if ((marks.length === 0 || target !== undefined) && !isBeforeIp(chain))
    reading.effects.push({
      ...base,
      kind: "firewall",
      action,
      ...(target === undefined ? {} : { target: jump?.hook === undefined ? target : known(jump.hook, target.site) }),
      match,
    } satisfies FirewallEffect);
};

type MarkPart = Pick<MarkEffect, "kind" | "mark" | "mask"> | Pick<ConnectionMarkEffect, "kind" | "does" | "mark" | "mask" | "taken">;

const markEffect = ({ of, value, site }: MarkStatement): MarkPart => {
  // What is computed from something else may be any mark.
  const setter = of === "packet" ? { kind: "mark" as const } : { kind: "connection-mark" as const, does: "set" as const };
  if (value === undefined) return { ...setter, mark: unknown(site), mask: unknown(site) };
  const { from, and, xor } = value;
  const mark = known(xor, site);
  if (from === "number") return { ...setter, mark, mask: known(0xffffffff, site) };
  if (from === of) return { ...setter, mark, mask: known(touchedBits(value), site) };
  return {
    kind: "connection-mark",
    does: of === "packet" ? "restore" : "save",
    mark,
    mask: known(0xffffffff, site),
    taken: known(and, site),
  };
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
  if (first.text === "include") {
    const site = siteBetween(reading.file, first, second);
    const target = known(second.text.replace(/^"|"$/gu, ""), siteBetween(reading.file, second));
    reading.effects.push({ kind: "source", target, site, command: siteBetween(reading.file, first), path: [] });
    return;
  }
  const verb = adds.has(first.text) || clears.has(first.text) ? first : undefined;
  const rest = verb === undefined ? words : words.slice(1);
  const [what] = rest;
  const names = rest.slice(families.has(rest[1]?.text ?? "") ? 2 : 1);
  const family = names.length < rest.length - 1 ? (rest[1]!.text as Family) : "ip";
  const [table, chain] = names;
  if (verb !== undefined && clears.has(verb.text)) {
    clear(reading, words, what!, family, table, chain);
    return;
  }
  if (what?.text !== "rule" || table === undefined || chain === undefined) return;
  const place = { family, name: table.text };
  const held = reading.chains.get(keyOf(place, chain.text)) ?? { table: place, name: chain.text };
  const rule = tokens.slice(tokens.indexOf(chain) + 1);
  // `position 3`, `handle 4`, `index 5`: which rule it stands beside.
  const beside = /^(?:position|handle|index)$/u.test(rule[0]?.text ?? "") ? 2 : 0;
  statement(reading, held, rule.slice(beside), verb === undefined || verb.text === "add" ? "append" : "insert", first);
};

const clears = new Set(["flush", "delete", "destroy"]);

/** `flush ruleset`, `flush table …`, `delete chain …`: what was there goes, and with `delete` the chains themselves. */
const clear = (
  { file, effects, chains }: Reading,
  words: readonly NftToken[],
  what: NftToken,
  family: Family,
  table: NftToken | undefined,
  chain: NftToken | undefined,
): void => {
  if (what.text !== "ruleset" && what.text !== "table" && what.text !== "chain") return;
  const site = siteBetween(file, words[0]!, words.at(-1));
  const held = table === undefined || chain === undefined ? undefined : chains.get(keyOf({ family, name: table.text }, chain.text));
  const place = chain === undefined ? undefined : siteBetween(file, chain);
  effects.push({
    kind: "firewall",
    tool: "nft",
    action: words[0]!.text === "flush" ? "flush" : "delete-chain",
    table: what.text === "ruleset" || table === undefined ? unknown(site) : named(table, siteBetween(file, table)),
    ...(what.text === "chain" && chain !== undefined
      ? held?.hook === undefined
        ? { chain: named(chain, place!) }
        : { chain: known(held.hook, place!), base: held.name }
      : {}),
    ...(what.text === "ruleset" ? {} : ipVersion(family)),
    match: { other: [] },
    site,
    command: siteBetween(file, words[0]!),
    path: [],
  });
};

/** `add chain ip filter input { type filter hook input priority 0; policy drop; }`, `add set …`. */
const object = (reading: Reading, words: readonly NftToken[], body: readonly NftToken[]): void => {
  const names = words.filter(({ kind }) => kind === "word").map(({ text }) => text);
  const at = names.findIndex((name) => name === "chain" || name === "set");
  const family = families.has(names[at + 1] ?? "") ? (names[at + 1] as Family) : "ip";
  const [table, name] = names.slice(at + (families.has(names[at + 1] ?? "") ? 2 : 1));
  if (table === undefined || name === undefined) return;
  if (names[at] === "set") {
    defineSet(reading, name, body);
    return;
  }
  const chain = makeChain(reading, { family, name: table }, name, body);
  const { hook, priority } = chain;
  const site = siteBetween(reading.file, words[0]!, body.at(-1) ?? words.at(-1)!);
  // Rules of later commands name the chain; which hook it has is said here.
  if (hook !== undefined && sees(chain))
    reading.effects.push({
      kind: "firewall",
      tool: "nft",
      action: "new-chain",
      table: known(table, site),
      chain: known(hook, site),
      base: name,
      ...(priority === undefined ? {} : { priority }),
      ...ipVersion(family),
      match: { other: [] },
      site,
      command: siteBetween(reading.file, words[0]!),
      path: [],
    });
  readChain(reading, chain, body);
};

const ipVersion = (family: Family): { readonly family?: 4 | 6 } =>
  family === "ip" ? { family: 4 } : family === "ip6" ? { family: 6 } : {};
