/**
 * Running rules over a project: every subject is handed to the rules that declared it, what they find is merged,
 * lowered where the peers are only inferred, suppressed where somebody asked for it, and sorted.
 */
import type { Site, Span } from "../../grammar/text.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { Plays } from "../failover/rehearse.ts";
import { runsOf } from "../model/cluster/facts.ts";
import type { ClusterModel, NodeModel, PeerReason } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import { firstWorld, type World } from "../model/cluster/templates.ts";
import type { ConfigItem } from "../model/node/items.ts";
import { type Finding, type Note, severities, type Severity } from "./finding.ts";
import { inAllWorlds, type Judged } from "./in-all-worlds.ts";
import { type Answers, askAbout, type Crashes, givenFor, guarded, type Raw } from "./ask.ts";
import type { JudgedName, ListedRule, RuleFinding, SubjectKind } from "./rule.ts";
import { sweepBlocks } from "./blocks.ts";
import { isActive, type RuleSettings, statedSeverity } from "./severities.ts";
import { suppressionsIn, type SuppressedRule, type Suppression, withoutSuppressed } from "./suppress.ts";

export interface AnalysisOptions {
  /** Targeted version, when somebody stated one. */
  readonly version?: Version;
  /** Severities by rule id; "off" switches a rule off, any other value switches it on. They go before `settings`. */
  readonly rules?: ReadonlyMap<string, Severity | "off">;
  /** The same from kalint.toml, for all files or some; the later goes before the earlier. */
  readonly settings?: readonly RuleSettings[];
  /** Text of a file, for suppressions. */
  readonly textOf: (file: string) => string | undefined;
  /** What is kept for the next judgement, and was from the last one. */
  readonly answers?: Answers;
}

export interface Analysis {
  readonly findings: readonly Finding[];
  /** Rules that crashed: skipped and named, the run goes on. */
  readonly crashes: readonly { readonly rule: string; readonly error: string }[];
}

/** Judges a project. Deterministic: the same project gives the same findings in the same order. */
export const analyse = (project: Project, rules: readonly ListedRule[], options: AnalysisOptions): Analysis => {
  const steps = analysisSteps(project, rules, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
};

/** The same in pieces: whoever runs it may pause, or give up, at every `yield`. */
export function* analysisSteps(
  project: Project,
  rules: readonly ListedRule[],
  options: AnalysisOptions,
): Generator<undefined, Analysis, undefined> {
  const active = rules.filter((rule) => isActive(rule, options));
  const bySubject = new Map<SubjectKind, ListedRule[]>();
  for (const rule of active) bySubject.set(rule.subject, [...(bySubject.get(rule.subject) ?? []), rule]);
  const raw: Raw[] = [];
  const crashes: Crashes = new Map();
  const ofTemplates: Finding[] = [];
  const plays: Plays = new Map();
  const askOf = function* (cluster: ClusterModel): Generator<undefined, readonly Raw[], undefined> {
    const said = yield* askAbout(cluster, bySubject, options, options.answers, plays);
    for (const [rule, error] of said.crashes) if (!crashes.has(rule)) crashes.set(rule, error);
    return said.raw;
  };
  for (const cluster of project.clusters) {
    const said = yield* askOf(cluster);
    if (cluster.template === undefined) for (const one of said) raw.push(one);
    else {
      const judged = (world: World, found: readonly Raw[]): Judged => ({
        world,
        findings: merge(found.flatMap((one) => finished(one, options) ?? [])),
      });
      const { templates, worlds } = cluster.template;
      const all = [judged(firstWorld, said)];
      for (const other of worlds) all.push(judged(other.world, yield* askOf(other.cluster)));
      ofTemplates.push(...inAllWorlds(all, templates));
    }
  }
  if (options.answers !== undefined)
    sweepBlocks(
      options.answers.ofBlocks,
      project.clusters.flatMap(({ nodes }) => nodes),
    );
  const [first] = project.clusters;
  if (first !== undefined) {
    const given = givenFor(first, first.nodes[0]!, options);
    for (const rule of bySubject.get("project") ?? [])
      for (const finding of guarded(rule, [project], given, crashes)) raw.push({ rule, finding, given, of: undefined });
  }
  const merged = merge([...raw.flatMap((one) => finished(one, options) ?? []), ...ofTemplates]);
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const kept = suppress(merged, bySubject.get("suppression") ?? [], { project, options, known, crashes });
  return {
    findings: readable(kept.toSorted(byPlace)),
    crashes: [...crashes].map(([rule, error]) => ({ rule, error })).toSorted((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}

/** Undefined where the rule is off. */
const finished = ({ rule, finding, given, of }: Raw, options: AnalysisOptions): Finding | undefined => {
  const stated = statedSeverity(rule, finding.at.file, options);
  if (stated === "off") return undefined;
  const { cluster } = given;
  const nodes = finding.nodes ?? (of === undefined ? cluster.nodes : [of]);
  // What concerns the readings of one file, or one node alone, does not depend on who the peers are.
  const files = new Set(nodes.map(({ name, configuration }) => configuration?.file ?? name));
  const across = rule.subject === "virtualRouter" || (rule.subject === "cluster" && files.size > 1);
  const reason = across ? weakestReason(cluster, nodes) : undefined;
  const own = finding.severity ?? rule.severity;
  const severity = stated ?? (reason?.kind === "same-vrid" ? milder(own) : own);
  return {
    rule: rule.id,
    severity,
    message: finding.message,
    at: finding.at,
    nodes: [...new Set(nodes.map(({ name }) => name))].toSorted(),
    cluster: cluster.name,
    notes: [
      ...(finding.notes ?? []),
      ...definitionNote(finding),
      ...runNote(finding, given.node),
      ...(reason === undefined ? [] : reasonNote(reason, nodes, finding)),
    ],
    fixes: finding.fixes ?? [],
  };
};

/** What stands behind `$NAME` is changed where it is defined. */
const definitionNote = ({ at: { via }, notes = [] }: RuleFinding): readonly Note[] => {
  const site = via?.kind === "definition" ? via.site : undefined;
  if (site === undefined) return [];
  const told = notes.some(({ at }) => at?.file === site.file && at.span.start <= site.span.end && site.span.start <= at.span.end);
  // Without its name: of a password the name is masked as the word that stands there.
  return told ? [] : [{ message: "its value is defined here", at: site }];
};

/** Who runs the script that a finding is in. */
const runNote = ({ at, notes = [] }: RuleFinding, node: NodeModel): readonly Note[] => {
  const uses = runsOf(node, at.file);
  const [first] = uses;
  if (first === undefined || notes.some((note) => uses.some(({ command }) => overlaps(note.at, command.site)))) return [];
  const more = uses.length === 1 ? "" : `, and ${uses.length - 1} more`;
  return [{ message: `${first.command.item.keyword.value} runs it${more}`, at: first.path.site }];
};

const overlaps = (a: Site | undefined, b: Site): boolean =>
  a !== undefined && a.file === b.file && a.span.start < b.span.end && b.span.start < a.span.end;

/** The reason that ties the named nodes together; the weakest of those that do. */
const weakestReason = (cluster: ClusterModel, nodes: readonly NodeModel[]): PeerReason | undefined => {
  const order: readonly PeerReason["kind"][] = ["stated", "shared-address", "unicast-peers", "same-vrid"];
  return cluster.links
    .filter((link) => link.nodes.every((node) => nodes.includes(node)))
    .map(({ reason }) => reason)
    .toSorted((a, b) => order.indexOf(b.kind) - order.indexOf(a.kind))[0];
};

const reasonNote = (reason: PeerReason, nodes: readonly NodeModel[], finding: RuleFinding): readonly Note[] => {
  const names = [...new Set(nodes.map(({ name }) => name))].toSorted().join(" and ");
  if (reason.kind === "stated") return [];
  const shown = reason.sites.find((site) => site.file !== finding.at.file) ?? reason.sites[1];
  if (reason.kind === "shared-address") return [{ message: `${names} are taken for peers because both list ${reason.address}`, at: shown }];
  if (reason.kind === "unicast-peers")
    return [{ message: `${names} are taken for peers because each lists the other as unicast peer`, at: shown }];
  return [{ message: `${names} are taken for peers because both use virtual_router_id ${reason.vrid} and lie side by side`, at: shown }];
};

const milder = (severity: Severity): Severity => severities[Math.min(severities.indexOf(severity) + 1, 2)]!;

/** Equal findings of several readings or sequence rounds are one finding that names the nodes. */
const merge = (findings: readonly Finding[]): readonly Finding[] => {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.at.file, finding.at.span.start, finding.at.span.end, finding.message]);
    const earlier = merged.get(key);
    if (earlier === undefined) {
      merged.set(key, finding);
      continue;
    }
    const agreed = earlier.fixes.filter((fix) => finding.fixes.some((other) => JSON.stringify(other) === JSON.stringify(fix)));
    const worse = severities.indexOf(finding.severity) < severities.indexOf(earlier.severity) ? finding.severity : earlier.severity;
    merged.set(key, { ...earlier, severity: worse, fixes: agreed, nodes: [...new Set([...earlier.nodes, ...finding.nodes])].toSorted() });
  }
  return [...merged.values()];
};

/** File, start, end, rule: the binding order. */
export const byPlace = (a: Finding, b: Finding): number =>
  compare(a.at.file, b.at.file) ||
  a.at.span.start - b.at.span.start ||
  a.at.span.end - b.at.span.end ||
  compare(a.rule, b.rule) ||
  compare(a.message, b.message);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** More findings of one rule in one file tell nobody anything, and a hostile file has millions. */
const mostOfOneKind = 1000;

/** At most so many findings of a rule in a file; the last of them says how many more there are. */
const readable = (findings: readonly Finding[]): readonly Finding[] => {
  const counts = new Map<string, number>();
  const keyOf = ({ rule, at }: Finding): string => `${rule} ${at.file}`;
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  if (![...counts.values()].some((count) => count > mostOfOneKind)) return findings;
  const seen = new Map<string, number>();
  return findings.flatMap((finding) => {
    const key = keyOf(finding);
    const index = (seen.get(key) ?? 0) + 1;
    seen.set(key, index);
    const more = counts.get(key)! - mostOfOneKind;
    if (index < mostOfOneKind || more <= 0) return finding;
    const note = { message: `${more} more findings of this rule in this file are not listed` };
    return index === mostOfOneKind ? { ...finding, notes: [...finding.notes, note] } : [];
  });
};

/** What is not suppressed, and what rules say of the comments that suppress. */
const suppress = (
  findings: readonly Finding[],
  rules: readonly ListedRule[],
  { project, options, known, crashes }: SuppressContext,
): readonly Finding[] => {
  const placed = suppressionsOf(project, options);
  if (placed.length === 0) return findings;
  const suppressions = placed.map(({ suppression }) => suppression);
  const configurations = new Set(
    project.clusters.flatMap(({ nodes }) => nodes.flatMap(({ configuration }) => configuration?.expansion.files ?? [])),
  );
  const { kept, used } = withoutSuppressed(findings, suppressions, (file) => configurations.has(file));
  const fateOf = (name: SuppressedRule): JudgedName["fate"] => {
    const rule = known.get(name.id);
    if (rule === undefined) return "unknown";
    if (used.has(name)) return "used";
    const silent = rule.subject === "suppression" || crashes.has(rule.id) || statedSeverity(rule, name.site.file, options) === "off";
    return silent ? "not-judged" : "unused";
  };
  const ids = new Set(known.keys());
  const about = placed.flatMap(({ suppression, cluster, nodes }): readonly Finding[] => {
    const given = givenFor(cluster, nodes[0] ?? cluster.nodes[0]!, options);
    const subject = { ...suppression, names: suppression.rules.map((name) => ({ ...name, fate: fateOf(name) })), known: ids };
    return rules.flatMap((rule) =>
      guarded(rule, [subject], given, crashes).flatMap(
        (finding) => finished({ rule, finding: { ...finding, nodes }, given, of: nodes[0] }, options) ?? [],
      ),
    );
  });
  return [...kept, ...withoutSuppressed(about, suppressions).kept];
};

interface SuppressContext {
  readonly project: Project;
  readonly options: AnalysisOptions;
  /** Every rule there is, by id. */
  readonly known: ReadonlyMap<string, ListedRule>;
  readonly crashes: Crashes;
}

/** A suppression with the cluster its file belongs to, and the machines that read it. */
interface PlacedSuppression {
  readonly suppression: Suppression;
  readonly cluster: ClusterModel;
  readonly nodes: readonly NodeModel[];
}

const suppressionsOf = (project: Project, options: AnalysisOptions): readonly PlacedSuppression[] => {
  const blocks = new Map<string, Span[]>();
  const files = new Map<string, { cluster: ClusterModel; nodes: Set<NodeModel> }>();
  for (const cluster of project.clusters) {
    for (const node of cluster.nodes) {
      const { configuration, companions, linkedScripts } = node;
      const read = (file: string): void => {
        const known = files.get(file);
        if (known === undefined) files.set(file, { cluster, nodes: new Set([node]) });
        else if (known.cluster === cluster) known.nodes.add(node);
      };
      for (const file of configuration?.expansion.files ?? []) read(file);
      for (const { file } of companions) read(file);
      for (const { resolution } of linkedScripts) if (resolution.kind === "found") read(resolution.file);
      for (const item of configuration?.tree.items ?? []) collectBlocks(item, blocks);
    }
  }
  return [...files]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([file, { cluster, nodes }]) =>
      suppressionsIn(file, options.textOf(file) ?? "", blocks.get(file) ?? []).map((suppression) => ({
        suppression,
        cluster,
        nodes: [...nodes],
      })),
    );
};

const collectBlocks = (item: ConfigItem, into: Map<string, Span[]>): void => {
  if (item.kind !== "block") return;
  const site: Site = item.site;
  const list = into.get(site.file);
  if (list === undefined) into.set(site.file, [site.span]);
  else list.push(site.span);
  for (const child of item.items) collectBlocks(child, into);
};
