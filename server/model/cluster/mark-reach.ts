/** Whether the packets that a rule marks come by it before IPVS looks at them. */
import { valueOf } from "../effects/known.ts";
import type { ConnectionMarkEffect, Effect, FirewallEffect, MarkEffect } from "../effects/types.ts";

/**
 * `seen`: before IPVS looks at what comes in. `local`: in OUTPUT before IPVS looks at what the machine itself sends. `behind`: in
 * INPUT or OUTPUT, but after IPVS. `never`: in FORWARD and POSTROUTING. `unreached`: in a chain nothing jumps to.
 * `unrestored`: on the connection, from which no rule takes it.
 */
export type Reach = "seen" | "local" | "behind" | "never" | "unreached" | "unrestored";

type Rule = Pick<MarkEffect | ConnectionMarkEffect | FirewallEffect, "tool" | "table" | "chain" | "family" | "priority">;

/** The priorities at which IPVS takes packets (Linux net/netfilter/ipvs/ip_vs_core.c, ip_vs_ops4): lower ones come before it. */
const ipvsInput = 99;
const ipvsOutput = -98;

/** Where the tables of iptables stand in each chain: Linux include/uapi/linux/netfilter_ipv4.h. */
const tables: Readonly<Record<string, number>> = { raw: -300, mangle: -150, filter: 0, security: 50 };

const priorityOf = ({ tool, table, priority }: Rule, chain: string): number | undefined => {
  if (tool === "nft") return priority;
  const name = valueOf(table);
  if (name === "nat") return chain === "INPUT" || chain === "POSTROUTING" ? 100 : -100;
  return name !== undefined && Object.hasOwn(tables, name) ? tables[name] : undefined;
};

/** Of a rule in a chain that packets pass by themselves; undefined in other chains. Without a known priority the usual one is taken. */
const reachInHook = (rule: Rule): Reach | undefined => {
  const name = valueOf(rule.chain);
  const chain = rule.tool === "nft" ? name?.toUpperCase() : name;
  const priority = chain === undefined ? undefined : priorityOf(rule, chain);
  switch (chain) {
    case "INGRESS":
    case "PREROUTING":
      return "seen";
    case "INPUT":
      return priority !== undefined && priority > ipvsInput ? "behind" : "seen";
    case "OUTPUT":
      return priority !== undefined && priority > ipvsOutput ? "behind" : "local";
    case "FORWARD":
    case "POSTROUTING":
    case "EGRESS":
      return "never";
    default:
      return undefined;
  }
};

/** Who jumps where in each table of each tool, and what was found about a chain already: dumps have thousands of chains. */
export interface Jumps {
  /** The chains that jump to a chain, and how far packets come in those that jump there from a chain they pass by themselves. */
  readonly callers: ReadonlyMap<string, { readonly chains: ReadonlySet<string>; readonly reaches: ReadonlySet<Reach> }>;
  /** Tables in which a jump leads to a chain that cannot be known. */
  readonly unclear: ReadonlySet<string>;
  readonly found: Map<string, Reach | undefined>;
}

export const jumpsOf = (effects: readonly Effect[]): Jumps => {
  const callers = new Map<string, { readonly chains: Set<string>; readonly reaches: Set<Reach> }>();
  const unclear = new Set<string>();
  for (const effect of effects) {
    if (effect.kind !== "firewall" || effect.action === "delete" || effect.target === undefined) continue;
    const place = placeOf(effect);
    const target = valueOf(effect.target);
    const caller = valueOf(effect.chain);
    if (target === undefined) unclear.add(place);
    else if (caller !== undefined) {
      const key = `${place} ${target}`;
      const known = callers.get(key) ?? { chains: new Set<string>(), reaches: new Set<Reach>() };
      callers.set(key, known);
      const reach = reachInHook(effect);
      if (reach === undefined) known.chains.add(caller);
      else known.reaches.add(reach);
    }
  }
  return { callers, unclear, found: new Map() };
};

/** One table: rules of different tools or families are not in one. */
export const placeOf = ({ tool, table, family }: Pick<FirewallEffect, "tool" | "table" | "family">): string =>
  JSON.stringify([tool, valueOf(table), family]);

/** `whole`: the file shows every jump, as a dump does; a script may hang its chain into rules that another one makes. */
export const reachOf = (rule: Rule, { callers, unclear, found }: Jumps, whole: boolean): Reach => {
  const name = valueOf(rule.chain);
  if (name === undefined) return "seen";
  const own = reachInHook(rule);
  if (own !== undefined) return own;
  const place = placeOf(rule);
  if (unclear.has(place)) return "seen";
  const key = `${place} ${name}`;
  if (!found.has(key)) {
    const reaches = new Set<Reach>();
    const visited = new Set([name]);
    for (const current of visited) {
      const calling = callers.get(`${place} ${current}`);
      for (const caller of calling?.chains ?? []) visited.add(caller);
      for (const reach of calling?.reaches ?? []) reaches.add(reach);
    }
    found.set(key, nearest(reaches));
  }
  return found.get(key) ?? (whole ? "unreached" : "seen");
};

/** The best of several: a mark that is set in one place that IPVS sees is seen. */
export const nearest = (reaches: ReadonlySet<Reach>): Reach | undefined =>
  (["seen", "local", "behind", "never", "unreached", "unrestored"] as const).find((reach) => reaches.has(reach));
