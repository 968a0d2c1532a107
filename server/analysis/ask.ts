/**
 * Asking the rules about a cluster. Whoever judges again and again keeps the answers: what a rule said about a machine
 * holds for as long as the machine is the same, and the same cluster is not asked about at all. Which answers hang on
 * more than the machine is not declared by the rules but watched: whoever looks at `cluster` or `rehearsals` is asked
 * again when any machine of the cluster changes.
 */
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import { type Plays, rehearsals, type Rehearsals } from "../failover/rehearse.ts";
import type { ClusterModel, NodeModel } from "../model/cluster/model.ts";
import type { ConfigItem } from "../model/node/items.ts";
import { once } from "../model/node/once.ts";
import type { AnyRule, Given, ListedRule, RuleFinding, SubjectKind, Subjects } from "./rule.ts";
import { type Block, blocksOf, type KeptBlocks, movedBy, tried } from "./blocks.ts";
import { clusterSubjects, nodeSubjects, type OfKind } from "./subjects.ts";

/** What a rule said, and about whom. */
export interface Raw {
  readonly rule: ListedRule;
  readonly finding: RuleFinding;
  readonly given: Given;
  readonly of: NodeModel | undefined;
}

/** Rules that threw, with what they threw first. What else they had to say of that machine or cluster is not known. */
export type Crashes = Map<string, string>;

/** The version that somebody stated for the run. */
export interface Targeted {
  readonly version?: Version;
}

/** Answers that are kept from one judgement to the next. */
export interface Answers {
  /** By rule and version, for answers that hang on the machine alone. */
  readonly ofNodes: WeakMap<NodeModel, Map<string, readonly RuleFinding[]>>;
  readonly ofClusters: WeakMap<ClusterModel, ClusterAnswers>;
  /** For answers that hang on one block of a configuration. */
  readonly ofBlocks: KeptBlocks;
}

interface ClusterAnswers {
  /** Which rules were asked, and for which version. */
  readonly question: string;
  readonly raw: readonly Raw[];
  readonly crashes: Crashes;
}

export const noAnswers = (): Answers => ({ ofNodes: new WeakMap(), ofClusters: new WeakMap(), ofBlocks: new Map() });

/** Subjects that are asked about between two pauses: about a millisecond's work. */
const subjectsPerStep = 500;

/** What the rules say of one cluster. `bySubject` are the rules that are on, `plays` what was rehearsed before for others. */
export function* askAbout(
  cluster: ClusterModel,
  bySubject: ReadonlyMap<SubjectKind, readonly ListedRule[]>,
  targeted: Targeted,
  answers: Answers | undefined,
  plays: Plays,
): Generator<undefined, Pick<ClusterAnswers, "raw" | "crashes">, undefined> {
  const question = answers === undefined ? "" : questionOf(bySubject, targeted);
  const known = answers?.ofClusters.get(cluster);
  if (known?.question === question) return known;
  const raw: Raw[] = [];
  const crashes: Crashes = new Map();
  const rehearsed = rehearsals(cluster, targeted.version ?? newestVersion, plays);
  for (const node of cluster.nodes) {
    const given = givenFor(cluster, node, targeted, rehearsed);
    const kept = answers === undefined ? undefined : keptFor(node, given, answers);
    const blocks = once(() => (answers === undefined ? undefined : blocksOf(node, given, answers.ofBlocks)));
    for (const ofKind of nodeSubjects(node, given.version)) {
      const rules = bySubject.get(ofKind.kind) ?? [];
      const asking: Asking = { inBlock: ofKind.inBlock, list: once(ofKind.all), rules, given, kept, blocks, raw, crashes };
      // Most machines have nothing of most kinds.
      if (rules.length === 0 || (kept === undefined && asking.list().length === 0)) continue;
      for (let next = askSome(asking, 0); next < rules.length; next = askSome(asking, next)) yield;
    }
    yield;
  }
  const given = givenFor(cluster, cluster.nodes[0]!, targeted, rehearsed);
  for (const [kind, subject] of clusterSubjects(cluster)) {
    for (const rule of bySubject.get(kind) ?? [])
      for (const finding of guarded(rule, [subject], given, crashes)) raw.push({ rule, finding, given, of: undefined });
    yield;
  }
  const made = { question, raw, crashes };
  answers?.ofClusters.set(cluster, made);
  return made;
}

/** The subjects of one kind of one machine, the rules that are asked about them, and where it goes. */
interface Asking {
  readonly inBlock: OfKind["inBlock"];
  readonly list: () => readonly Subjects[SubjectKind][];
  readonly rules: readonly ListedRule[];
  readonly given: Given;
  readonly kept: Kept | undefined;
  readonly blocks: () => readonly Block[] | undefined;
  readonly raw: Raw[];
  readonly crashes: Crashes;
}

/** Asks from the `next` rule on, until it is time for a pause: the rule to go on with. A function of its own, because generators run slower. */
const askSome = ({ inBlock, list, rules, given, kept, blocks, raw, crashes }: Asking, next: number): number => {
  let asked = 0;
  const counted = (item: ConfigItem): readonly Subjects[SubjectKind][] => {
    const found = inBlock!(item);
    asked += found.length;
    return found;
  };
  for (let index = next; index < rules.length; index++) {
    if (asked >= subjectsPerStep) return index;
    const rule = rules[index]!;
    let found = kept?.known(rule);
    if (found === undefined) {
      const watched = kept?.watched(rule) ?? given;
      const parts = inBlock === undefined || kept === undefined ? undefined : blocks();
      if (parts === undefined) {
        found = guarded(rule, list(), watched, crashes);
        asked += list().length;
      } else found = askBlocks(rule, parts, counted, watched, crashes);
      kept?.keep(rule, found, crashes);
    }
    for (const finding of found) raw.push({ rule, finding, given, of: given.node });
  }
  return rules.length;
};

/** Which rules are asked, and for which version. */
const questionOf = (bySubject: ReadonlyMap<SubjectKind, readonly ListedRule[]>, { version }: Targeted): string =>
  JSON.stringify([version, [...bySubject.values()].map((rules) => rules.map(({ id }) => id).join(" "))]);

/** What a rule finds in the blocks of a configuration; those that are as they were are asked about only where that is not enough. */
const askBlocks = (
  rule: ListedRule,
  blocks: readonly Block[],
  subjectsOf: (item: ConfigItem) => readonly Subjects[SubjectKind][],
  given: Given,
  crashes: Crashes,
): readonly RuleFinding[] => {
  const found: RuleFinding[] = [];
  for (const block of blocks) {
    const { record, item } = block;
    const known = record?.answers.get(rule.id);
    if (record !== undefined && known !== undefined && known !== "looks") {
      for (const finding of movedBy(known, block.span.start - record.start)) found.push(finding);
      continue;
    }
    const subjects = subjectsOf(item);
    const answer =
      known === "looks" || record === undefined
        ? undefined
        : tried((narrow) => subjects.flatMap((subject) => [...checkOf(rule)(subject, narrow)]), block, given);
    record?.answers.set(rule.id, answer === undefined ? "looks" : movedBy(answer, record.start - block.span.start));
    for (const finding of answer ?? guarded(rule, subjects, given, crashes)) found.push(finding);
    if (crashes.has(rule.id)) break;
  }
  return found;
};

/** What is known of one machine, as one version of keepalived reads it. */
interface Kept {
  readonly known: (rule: ListedRule) => readonly RuleFinding[] | undefined;
  /** What the rule is to be asked with, so that it is seen when it looks beyond the machine. */
  readonly watched: (rule: ListedRule) => Given;
  readonly keep: (rule: ListedRule, found: readonly RuleFinding[], crashes: Crashes) => void;
}

const keptFor = (node: NodeModel, given: Given, { ofNodes }: Answers): Kept => {
  const answers = ofNodes.get(node) ?? new Map<string, readonly RuleFinding[]>();
  ofNodes.set(node, answers);
  const suffix = ` ${given.version} ${given.versionStated}`;
  let asked: ListedRule | undefined;
  const watched: Given = {
    version: given.version,
    versionStated: given.versionStated,
    node: given.node,
    get cluster() {
      asked = undefined;
      return given.cluster;
    },
    get rehearsals() {
      asked = undefined;
      return given.rehearsals;
    },
  };
  return {
    known: ({ id }) => answers.get(id + suffix),
    watched: (rule) => {
      asked = rule;
      return watched;
    },
    keep: (rule, found, crashes) => {
      if (asked === rule && !crashes.has(rule.id)) answers.set(rule.id + suffix, found);
    },
  };
};

/** What a rule finds about subjects of its kind; nothing more about these once it crashed. */
export const guarded = (
  rule: ListedRule,
  subjects: readonly Subjects[SubjectKind][],
  given: Given,
  crashes: Crashes,
): readonly RuleFinding[] => {
  const found: RuleFinding[] = [];
  const check = checkOf(rule);
  try {
    for (const subject of subjects) for (const finding of check(subject, given)) found.push(finding);
  } catch (error) {
    if (!crashes.has(rule.id)) crashes.set(rule.id, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
  return found;
};

/** The one place where a subject meets a rule that declared its kind. */
const checkOf = ({ check }: AnyRule) => check as (subject: Subjects[SubjectKind], given: Given) => Iterable<RuleFinding>;

export const givenFor = (
  cluster: ClusterModel,
  node: NodeModel,
  { version }: Targeted,
  rehearsed: Rehearsals = rehearsals(cluster, version ?? newestVersion),
): Given => ({
  version: node.version ?? version ?? newestVersion,
  versionStated: (node.version ?? version) !== undefined,
  node,
  cluster,
  rehearsals: rehearsed,
});
