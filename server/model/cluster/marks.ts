/** The packet marks that a machine's firewall sets, and which of them IPVS gets to see. */
import { valueOf, onOnePath } from "../effects/known.ts";
import type { Effect, FirewallEffect, Known, MarkEffect } from "../effects/types.ts";
import { factFiles, type FactFile } from "./facts.ts";
import { baseName } from "./files.ts";
import type { NodeModel } from "./model.ts";

/**
 * Whether packets come by before IPVS looks at them: `seen` in PREROUTING and INPUT, `local` in OUTPUT, which only
 * connections from the machine itself pass; `never` in FORWARD and POSTROUTING; `unreached` in a chain nothing jumps to.
 */
export type Reach = "seen" | "local" | "never" | "unreached";

export interface MarkRule {
  readonly effect: MarkEffect;
  readonly file: FactFile;
  readonly reach: Reach;
  /** A later rule for the same packets that gives them another mark. */
  readonly overriddenBy?: MarkEffect;
}

export interface NodeMarks {
  /** The IP versions of which the tree says anything about the machine's packet filter. */
  readonly filterKnown: ReadonlySet<4 | 6>;
  /** Whether all marks are known: no value that depends on what cannot be seen, no rules that come from elsewhere. */
  readonly complete: boolean;
  /** Rules that set a mark; rules that are taken away are left out. */
  readonly rules: readonly MarkRule[];
  readonly files: readonly FactFile[];
}

export const marksOf = (node: NodeModel): NodeMarks => {
  const files = factFiles(node);
  const jumps = jumpsOf(files.flatMap((file) => file.effects));
  const rules = files.flatMap((file) => {
    const overrides = overridingRules(file.effects);
    return markEffects(file.effects).map((effect): MarkRule => {
      const overriddenBy = overrides.get(effect);
      return {
        effect,
        file,
        reach: reachOf(effect, jumps, file),
        ...(overriddenBy === undefined ? {} : { overriddenBy }),
      };
    });
  });
  // What a script restores is the dump that stands in the tree, if there is one.
  const hasDump = files.some(
    ({ kind, effects: all, script }) =>
      kind === "iptables-save" || kind === "nftables" || (script !== undefined && all.length > script.effects.effects.length),
  );
  return {
    filterKnown: new Set(files.filter(isAboutFilter).flatMap(familiesOf)),
    complete: files.every((file) => saysAllMarks(file, hasDump)),
    rules,
    files,
  };
};

const familiesOf = ({ effects }: FactFile): readonly (4 | 6)[] => {
  const tools = new Set(effects.flatMap((effect) => (effect.kind === "mark" || effect.kind === "firewall" ? [effect.tool] : [])));
  if (tools.size === 0 || tools.has("nft")) return [4, 6];
  return [...(tools.has("iptables") ? ([4] as const) : []), ...(tools.has("ip6tables") ? ([6] as const) : [])];
};

const markEffects = (effects: readonly Effect[]): readonly MarkEffect[] =>
  effects.filter((effect): effect is MarkEffect => effect.kind === "mark" && effect.action !== "delete");

/** A dump, a script that sets marks, or one that is a firewall: by its name, or because it holds several rules. */
const isAboutFilter = ({ kind, file, effects }: FactFile): boolean => {
  if (kind === "iptables-save" || kind === "nftables" || effects.some((effect) => effect.kind === "mark")) return true;
  const rules = effects.filter((effect) => effect.kind === "firewall" && (effect.action === "append" || effect.action === "insert"));
  return rules.length >= 3 || (rules.length > 0 && /iptables|ip6tables|firewall|nft/iu.test(baseName(file)));
};

/** False where a mark's value is unknown, or where rules are loaded that are not seen. */
const saysAllMarks = ({ effects, script }: FactFile, hasDump: boolean): boolean => {
  if (effects.some((effect) => effect.kind === "mark" && effect.action !== "delete" && effect.mark.kind === "unknown")) return false;
  if (
    effects.some(
      (effect) =>
        (effect.kind === "run" && (setsMarks(effect.name, effect.arguments) || (!hasDump && loadsRules(effect.name)))) ||
        (effect.kind === "load" && !hasDump && effect.what !== "sysctl" && effect.what !== "ipvs"),
    )
  )
    return false;
  const filters = effects.some((effect) => effect.kind === "mark" || effect.kind === "firewall");
  return script === undefined || !filters || (script.effects.complete && script.script.problems.length === 0);
};

const loadsRules = (name: Known<string>): boolean => /(?:^|\/)netfilter-persistent$/u.test(valueOf(name) ?? "");

/** firewall-cmd --direct …, or a program whose name is in a variable that cannot be known. */
const setsMarks = (name: Known<string>, args: readonly Known<string>[]): boolean => {
  const program = valueOf(name);
  const mayFilter = program === undefined || /firewall-cmd|iptables|nft|xargs|ssh|eval|sudo/u.test(program);
  return mayFilter && args.some((arg) => /--set-x?mark|--or-mark|mark set|^MARK$/u.test(valueOf(arg) ?? ""));
};

const builtIn: Readonly<Record<string, Reach>> = {
  PREROUTING: "seen",
  INPUT: "seen",
  OUTPUT: "local",
  FORWARD: "never",
  POSTROUTING: "never",
};

/** Who jumps where in each table of each tool, and what was found about a chain already: dumps have thousands of chains. */
interface Jumps {
  /** The chains that jump to a chain. */
  readonly callers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Tables in which a jump leads to a chain that cannot be known. */
  readonly unclear: ReadonlySet<string>;
  readonly reaches: Map<string, Reach | undefined>;
}

const jumpsOf = (effects: readonly Effect[]): Jumps => {
  const callers = new Map<string, Set<string>>();
  const unclear = new Set<string>();
  for (const effect of effects) {
    if (effect.kind !== "firewall" || effect.action === "delete" || effect.target === undefined) continue;
    const place = placeOf(effect);
    const target = valueOf(effect.target);
    const caller = valueOf(effect.chain);
    if (target === undefined) unclear.add(place);
    else if (caller !== undefined) {
      const key = `${place} ${target}`;
      const known = callers.get(key);
      if (known === undefined) callers.set(key, new Set([caller]));
      else known.add(caller);
    }
  }
  return { callers, unclear, reaches: new Map() };
};

const placeOf = ({ tool, table, family }: Pick<FirewallEffect, "tool" | "table" | "family">): string =>
  JSON.stringify([tool, valueOf(table), family]);

const reachOf = (effect: MarkEffect, { callers, unclear, reaches }: Jumps, file: FactFile): Reach => {
  const name = valueOf(effect.chain);
  if (name === undefined) return "seen";
  const builtInReach = (chain: string): Reach | undefined => builtIn[effect.tool === "nft" ? chain.toUpperCase() : chain];
  const own = builtInReach(name);
  if (own !== undefined) return own;
  const place = placeOf(effect);
  if (unclear.has(place)) return "seen";
  const key = `${place} ${name}`;
  if (!reaches.has(key)) {
    const found = new Set<Reach>();
    const visited = new Set([name]);
    for (const current of visited) {
      for (const caller of callers.get(`${place} ${current}`) ?? []) {
        const reach = builtInReach(caller);
        if (reach === undefined) visited.add(caller);
        else found.add(reach);
      }
    }
    reaches.set(
      key,
      (["seen", "local", "never"] as const).find((reach) => found.has(reach)),
    );
  }
  // A dump shows every jump; a script may hang its chain into rules that another one makes.
  return reaches.get(key) ?? (file.kind === "script" ? "seen" : "unreached");
};

/**
 * MARK lets a packet go on to the next rule: of two appended rules for the same packets the later one counts. Told only
 * where nothing between them, or behind, ends the way of a packet or takes a rule away.
 */
const overridingRules = (effects: readonly Effect[]): ReadonlyMap<MarkEffect, MarkEffect> => {
  const chains = new Map<string, { blocked: boolean; readonly last: Map<string, MarkEffect> }>();
  const found = new Map<MarkEffect, MarkEffect>();
  for (const effect of effects.toReversed()) {
    if (effect.kind !== "mark" && effect.kind !== "firewall") continue;
    const key = JSON.stringify([placeOf(effect), effect.base, valueOf(effect.chain)]);
    const chain = chains.get(key) ?? { blocked: false, last: new Map<string, MarkEffect>() };
    chains.set(key, chain);
    if (effect.kind === "firewall" || effect.action !== "append" || effect.mark.kind === "unknown") chain.blocked = true;
    if (chain.blocked || effect.kind === "firewall") continue;
    const match = matchText(effect);
    const later = chain.last.get(match);
    if (later === undefined) {
      if (valueOf(effect.mask) === 0xffffffff) chain.last.set(match, effect);
    } else if (valueOf(later.mark) !== valueOf(effect.mark) && onOnePath(effect, later)) found.set(effect, later);
  }
  return found;
};

/** What a rule matches, without the places; undefined-valued parts differ from everything. */
const matchText = (effect: MarkEffect): string => {
  let unknowns = 0;
  return JSON.stringify(effect.match, (key, value: unknown) => {
    if (key === "site") return undefined;
    if (typeof value === "object" && value !== null && (value as { kind?: string }).kind === "unknown")
      return `${effect.site.span.start} ${unknowns++}`;
    return value;
  });
};

/** Marks that packets can carry when IPVS sees them: every rule alone, and rules with masks one after the other. */
export const possibleMarks = (rules: readonly MarkRule[]): ReadonlySet<number> => {
  const marks = new Set<number>([0]);
  for (const { effect, reach } of rules) {
    const mark = valueOf(effect.mark);
    const mask = valueOf(effect.mask) ?? 0xffffffff;
    if (mark === undefined || reach === "never" || reach === "unreached") continue;
    marks.add(mark);
    if (mask === 0xffffffff || marks.size > maxMarks) continue;
    // What is added on the way comes by again and gives itself.
    for (const before of marks) marks.add(((before & ~mask) | mark) >>> 0);
  }
  return marks;
};

const maxMarks = 1024;

/** The IP version whose packets a rule marks; undefined for both. */
export const familyOfRule = ({ effect }: MarkRule): 4 | 6 | undefined =>
  effect.tool === "iptables" ? 4 : effect.tool === "ip6tables" ? 6 : effect.family;

/** Decimal, as keepalived writes marks. */
export const markText = (mark: number): string => (mark < 10 ? `${mark}` : `${mark} (0x${mark.toString(16)})`);
