/** Chains of nftables that one command makes and another fills. */
import { known, valueOf } from "./known.ts";
import type { Effect, FirewallEffect } from "./types.ts";

interface BaseChain {
  readonly hook: string;
  readonly priority?: number;
}

/** Rules in a chain that an earlier `nft add chain` hung into a hook are called by the hook, as those of a ruleset are. */
export const inBaseChains = (effects: readonly Effect[]): readonly Effect[] => {
  const chains = new Map<string, BaseChain>();
  for (const effect of effects) {
    const hook = effect.kind === "firewall" && effect.action === "new-chain" && effect.tool === "nft" ? valueOf(effect.chain) : undefined;
    if (hook === undefined || effect.kind !== "firewall" || effect.base === undefined) continue;
    const { priority } = effect;
    chains.set(keyOf(effect, effect.base), { hook, ...(priority === undefined ? {} : { priority }) });
  }
  if (chains.size === 0) return effects;
  return effects.map((effect) => {
    if (effect.kind !== "firewall" && effect.kind !== "mark" && effect.kind !== "connection-mark") return effect;
    const { chain } = effect;
    const name = valueOf(chain);
    if (effect.tool !== "nft" || effect.base !== undefined || chain === undefined || name === undefined) return effect;
    const base = chains.get(keyOf(effect, name));
    return base === undefined
      ? effect
      : { ...effect, ...(base.priority === undefined ? {} : { priority: base.priority }), base: name, chain: known(base.hook, chain.site) };
  });
};

const keyOf = ({ table, family }: Pick<FirewallEffect, "table" | "family">, chain: string): string =>
  JSON.stringify([valueOf(table), family, chain]);
