/** nftables rulesets (`nft list ruleset`, /etc/nftables.conf) as effects, in their simple forms. */
import type { Site } from "../../../grammar/text.ts";
import type { Argument } from "./commands.ts";
import { nft } from "./nft.ts";
import { known } from "./known.ts";
import type { Effect, FirewallEffect } from "./types.ts";

export const looksLikeNftRuleset = (text: string): boolean =>
  /^[ \t]*table[ \t]+(?:(?:ip|ip6|inet)[ \t]+)?[\w.-]+[ \t]*\{/mu.test(text) && /^[ \t]*chain[ \t]+\S+/mu.test(text);

interface Chain {
  readonly name: string;
  /** Of a base chain, upper case: what packets pass through it. */
  readonly hook?: string;
}

/** One statement of the ruleset: a line, or a part of one between `;`. */
interface Part {
  readonly text: string;
  readonly start: number;
}

/**
 * Rules of every table. A base chain is called by its hook (PREROUTING), whatever its name is: so marks are found where
 * the packets are. Sets and maps are skipped, `define` of one word is replaced. Never throws.
 */
export const effectsOfNftRuleset = (text: string, file: string): readonly Effect[] => {
  const defines = new Map<string, string>();
  const chains = hooks(text);
  const effects: Effect[] = [];
  let table: readonly [string, string] | undefined;
  let chain: Chain | undefined;
  let skipping = 0;
  for (const part of parts(text)) {
    const words = part.text.split(/\s+/u).filter((word) => word !== "");
    const [first, second] = words;
    if (first === undefined) continue;
    if (skipping > 0) {
      skipping += count(part.text, "{") - count(part.text, "}");
      continue;
    }
    const site: Site = { file, span: { start: part.start, end: part.start + part.text.length } };
    if (first === "define" && words[2] === "=" && words.length === 4) defines.set(second!, words[3]!);
    else if (first === "table" && words.at(-1) === "{") table = words.length === 4 ? [second!, words[2]!] : ["ip", second!];
    else if (first === "chain" && words.at(-1) === "{")
      chain = { name: second!, ...(chains.has(second!) ? { hook: chains.get(second!)! } : {}) };
    else if (first === "}") {
      if (chain !== undefined) chain = undefined;
      else table = undefined;
    } else if (chain === undefined && part.text.endsWith("{")) skipping = 1;
    else if (chain !== undefined && table !== undefined) {
      if (first === "type") continue;
      if (first === "policy") effects.push(policy(second, chain, table[1], site));
      else effects.push(...rule(words, defines, chain, table, site));
    } else if (first === "add" || first === "insert") effects.push(...invoke(words, defines, site));
  }
  return effects.map((effect) => (effect.kind === "mark" || effect.kind === "firewall" ? byHook(effect, chains) : effect));
};

const hooks = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/\bchain[ \t]+([\w.-]+)[ \t]*\{\s*type[ \t]+\w+[ \t]+hook[ \t]+(\w+)/gu))
    found.set(match[1]!, match[2]!.toUpperCase());
  return found;
};

const byHook = <E extends Effect & { readonly kind: "mark" | "firewall" }>(effect: E, chains: ReadonlyMap<string, string>): E => {
  const { chain } = effect;
  const hook = chain?.kind === "known" ? chains.get(chain.value) : undefined;
  return hook === undefined || chain === undefined ? effect : { ...effect, chain: known(hook, chain.site) };
};

const rule = (
  words: readonly string[],
  defines: ReadonlyMap<string, string>,
  chain: Chain,
  [family, table]: readonly [string, string],
  site: Site,
): readonly Effect[] => invoke(["add", "rule", family, table, chain.name, ...words], defines, site);

const invoke = (words: readonly string[], defines: ReadonlyMap<string, string>, site: Site): readonly Effect[] => {
  const args = words.map((word): Argument => {
    const text = word.startsWith("$") ? defines.get(word.slice(1)) : word;
    return { text, site };
  });
  return nft({ name: "nft", written: "nft", arguments: args, site, command: site, path: [] }) ?? [];
};

const policy = (verdict: string | undefined, chain: Chain, table: string, site: Site): FirewallEffect => ({
  kind: "firewall",
  tool: "nft",
  action: "policy",
  table: known(table, site),
  chain: known(chain.name, site),
  ...(verdict === undefined ? {} : { target: known(verdict.toUpperCase(), site) }),
  match: { other: [] },
  site,
  command: site,
  path: [],
});

const count = (text: string, of: string): number => text.split(of).length - 1;

/** Statements without comments: lines, cut at `;`; a block's braces stand alone or at the end. */
const parts = (text: string): readonly Part[] => {
  const found: Part[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const shown = line.replace(/(?:^|\s)#.*$/u, "");
    let at = 0;
    for (const piece of shown.split(";")) {
      // `chain input { type filter hook input priority 0` opens a block and goes on.
      const opened = /^\s*(?:table|chain)\b[^{]*\{/u.exec(piece)?.[0];
      if (opened !== undefined) add(found, opened, start + at);
      const rest = opened === undefined ? piece : piece.slice(opened.length);
      const closing = /^(?<inner>[^{}]*)\}\s*$/u.exec(rest);
      const inner = closing?.groups?.["inner"];
      add(found, inner ?? rest, start + at + (opened?.length ?? 0));
      if (inner !== undefined) add(found, "}", start + at + (opened?.length ?? 0) + inner.length);
      at += piece.length + 1;
    }
    start += line.length + 1;
  }
  return found;
};

const add = (to: Part[], piece: string, start: number): void => {
  const text = piece.trim();
  if (text !== "") to.push({ text, start: start + (piece.length - piece.trimStart().length) });
};
