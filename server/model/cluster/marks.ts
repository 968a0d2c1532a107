/** The packet marks that a machine's firewall sets, and which of them IPVS gets to see. */
import { maybe, onOnePath, valueOf } from "../effects/known.ts";
import type { ConnectionMarkEffect, Effect, FirewallEffect, Known, MarkEffect } from "../effects/types.ts";
import { factFiles, type FactFile } from "./facts.ts";
import { baseName } from "./files.ts";
import { type Jumps, jumpsOf, nearest, placeOf, type Reach, reachOf } from "./mark-reach.ts";
import type { NodeModel } from "./model.ts";

export interface MarkRule {
  /** Of a mark of the connection: what the packet gets when it is restored. */
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
  const all = files.flatMap(({ effects }) => effects);
  const jumps = jumpsOf(all);
  const ofPackets = files.flatMap((file) => {
    const overrides = overridingRules(file.effects);
    return markEffects(file.effects).map((effect): MarkRule => {
      const overriddenBy = overrides.get(effect);
      return {
        effect,
        file,
        reach: reachOf(effect, jumps, file.kind !== "script"),
        ...(overriddenBy === undefined ? {} : { overriddenBy }),
      };
    });
  });
  // What a script restores is the dump that stands in the tree, if there is one.
  const hasDump = files.some(
    ({ kind, effects, script }) =>
      kind === "iptables-save" || kind === "nftables" || (script !== undefined && effects.length > script.effects.effects.length),
  );
  const ofConnections = files.flatMap((file) =>
    file.effects.filter((effect): effect is ConnectionMarkEffect => effect.kind === "connection-mark" && effect.action !== "delete"),
  );
  return {
    filterKnown: new Set(files.filter(isAboutFilter).flatMap(familiesOf)),
    complete: files.every((file) => saysAllMarks(file, hasDump)) && saysAllRestored(ofConnections),
    rules: [...ofPackets, ...restoredRules(files, ofConnections, jumps)],
    files,
  };
};

/** False where a packet may get the mark of a connection that nobody here sets, or one that cannot be known. */
const saysAllRestored = (rules: readonly ConnectionMarkEffect[]): boolean => {
  const restores = rules.filter(({ does }) => does === "restore");
  if (restores.length === 0) return true;
  return (
    rules.length > restores.length &&
    rules.every(({ mark, mask, taken }) => [mark, mask, ...(taken === undefined ? [] : [taken])].every(({ kind }) => kind === "known"))
  );
};

/**
 * Marks of connections as marks of packets, of which IPVS sees what a later rule restores: one before it restores what was
 * there when the packet came. What is saved from a packet is the packet's own mark again.
 */
const restoredRules = (files: readonly FactFile[], rules: readonly ConnectionMarkEffect[], jumps: Jumps): readonly MarkRule[] => {
  const whole = new Set(files.flatMap(({ kind, effects }) => (kind === "script" ? [] : effects)));
  const restores = rules.flatMap((restore, index) =>
    restore.does === "restore" ? [{ restore, index, reach: reachOf(restore, jumps, whole.has(restore)) }] : [],
  );
  return files.flatMap((file) =>
    file.effects.flatMap((effect): readonly MarkRule[] => {
      if (effect.kind !== "connection-mark" || effect.does !== "set" || effect.action === "delete") return [];
      const own = rules.indexOf(effect);
      const behind = restores.filter(({ restore, index }) => index > own || !isAppendedTo(restore, effect));
      const reach = nearest(new Set(behind.map((one) => one.reach))) ?? "unrestored";
      // Several that restore the same bits give one mark.
      const ways = new Map(behind.filter((one) => one.reach === reach).map(({ restore }) => [valueOf(restore.taken), restore]));
      return (ways.size === 0 ? [undefined] : [...ways.values()]).map((restore) => ({
        effect: asPacketMark(effect, restore),
        file,
        reach,
      }));
    }),
  );
};

/** Both are put at the end of one chain, so that their order is that of the file. */
const isAppendedTo = (a: ConnectionMarkEffect, b: ConnectionMarkEffect): boolean =>
  a.action === "append" &&
  b.action === "append" &&
  a.site.file === b.site.file &&
  placeOf(a) === placeOf(b) &&
  a.base === b.base &&
  valueOf(a.chain) === valueOf(b.chain);

const asPacketMark = (set: ConnectionMarkEffect, restore: ConnectionMarkEffect | undefined): MarkEffect => {
  const mark = valueOf(set.mark);
  const taken = restore === undefined ? 0xffffffff : valueOf(restore.taken);
  const added = restore === undefined ? 0 : valueOf(restore.mark);
  const value = mark === undefined || taken === undefined || added === undefined ? undefined : ((mark & taken) ^ added) >>> 0;
  return { ...set, kind: "mark", mark: maybe(value, set.mark.site), mask: restore?.mask ?? set.mask };
};

const familiesOf = ({ effects }: FactFile): readonly (4 | 6)[] => {
  const tools = new Set(effects.flatMap((effect) => (isFilterRule(effect) ? [effect.tool] : [])));
  if (tools.size === 0 || tools.has("nft")) return [4, 6];
  return [...(tools.has("iptables") ? ([4] as const) : []), ...(tools.has("ip6tables") ? ([6] as const) : [])];
};

const isFilterRule = (effect: Effect): effect is MarkEffect | ConnectionMarkEffect | FirewallEffect =>
  effect.kind === "mark" || effect.kind === "connection-mark" || effect.kind === "firewall";

const markEffects = (effects: readonly Effect[]): readonly MarkEffect[] =>
  effects.filter((effect): effect is MarkEffect => effect.kind === "mark" && effect.action !== "delete");

/** A dump, a script that sets marks, or one that is a firewall: by its name, or because it holds several rules. */
const isAboutFilter = ({ kind, file, effects }: FactFile): boolean => {
  if (kind === "iptables-save" || kind === "nftables" || effects.some(({ kind: of }) => of === "mark" || of === "connection-mark"))
    return true;
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
  const filters = effects.some(isFilterRule);
  return script === undefined || !filters || (script.effects.complete && script.script.problems.length === 0);
};

const loadsRules = (name: Known<string>): boolean => /(?:^|\/)netfilter-persistent$/u.test(valueOf(name) ?? "");

/** firewall-cmd --direct …, or a program whose name is in a variable that cannot be known. */
const setsMarks = (name: Known<string>, args: readonly Known<string>[]): boolean => {
  const program = valueOf(name);
  const mayFilter = program === undefined || /firewall-cmd|iptables|nft|xargs|ssh|eval|sudo/u.test(program);
  return mayFilter && args.some((arg) => /--set-x?mark|--or-mark|mark set|^MARK$/u.test(valueOf(arg) ?? ""));
};

/**
 * MARK lets a packet go on to the next rule: of two appended rules for the same packets the later one counts. Told only
 * where nothing between them, or behind, ends the way of a packet or takes a rule away.
 */
const overridingRules = (effects: readonly Effect[]): ReadonlyMap<MarkEffect, MarkEffect> => {
  const chains = new Map<string, { blocked: boolean; readonly last: Map<string, MarkEffect> }>();
  const found = new Map<MarkEffect, MarkEffect>();
  for (const effect of effects.toReversed()) {
    if (!isFilterRule(effect)) continue;
    const key = JSON.stringify([placeOf(effect), effect.base, valueOf(effect.chain)]);
    const chain = chains.get(key) ?? { blocked: false, last: new Map<string, MarkEffect>() };
    chains.set(key, chain);
    if (effect.kind !== "mark" || effect.action !== "append" || effect.mark.kind === "unknown") chain.blocked = true;
    if (chain.blocked || effect.kind !== "mark") continue;
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
