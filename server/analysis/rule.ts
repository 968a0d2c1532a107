/**
 * What a rule is: data and a pure generator over a declared subject. What else it may know is `given`. A rule writes
 * nothing, reads no file and imports no other rule.
 */
import type { Seen } from "./metrics.ts";
import type { Site } from "../../grammar/text.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { Rehearsals } from "../failover/rehearse.ts";
import type { ClusterModel, Companion, LinkedScript, NodeModel, ScriptFile, VirtualRouter } from "../model/cluster/model.ts";
import type { ConfigItem, ConfigTree } from "../model/node/items.ts";
import type { Checker, Configuration, RealServer, SyncGroup, VirtualServer, VrrpInstance, VrrpScript } from "../model/node/model.ts";
import type { Fix, Note, Severity } from "./finding.ts";
import type { SuppressedRule, Suppression } from "./suppress.ts";

/** A script with the machine it was found on and how it is used there. */
export interface ScriptSubject extends ScriptFile {
  /** The commands of the configuration that run it; empty for scripts the configuration does not name. */
  readonly uses: readonly LinkedScript[];
  /** Absent when it is only named by the configuration and stands outside the machine's folder. */
  readonly companion?: Companion;
}

export interface RealServerSubject extends RealServer {
  readonly virtualServer: VirtualServer;
}

export interface CheckerSubject extends Checker {
  readonly realServer: RealServer;
  readonly virtualServer: VirtualServer;
}

/** A kalint-ignore comment with what came of it in this run. */
export interface SuppressionSubject extends Suppression {
  readonly names: readonly JudgedName[];
  /** Every rule that there is, whether it is on or not. */
  readonly known: ReadonlySet<string>;
}

export interface JudgedName extends SuppressedRule {
  /** `not-judged`: the rule is off here, crashed, or is itself about suppressions, so that nobody knows. */
  readonly fate: "used" | "unused" | "unknown" | "not-judged";
}

/** What rules can be asked about. */
export interface Subjects {
  /** Every statement, block and list entry, with its vocabulary row. */
  readonly item: ConfigItem;
  /** A block or statement of the top level, with everything in it. */
  readonly topLevel: ConfigItem;
  /** An item with a value that the targeted version would refuse: `wrongValues` says which and why. */
  readonly wrongItem: ConfigItem;
  /** A problem of the text: a lost brace, a quote. */
  readonly syntaxProblem: ConfigTree["problems"][number];
  readonly configuration: Configuration;
  readonly vrrpInstance: VrrpInstance;
  readonly syncGroup: SyncGroup;
  readonly vrrpScript: VrrpScript;
  readonly virtualServer: VirtualServer;
  readonly realServer: RealServerSubject;
  readonly checker: CheckerSubject;
  /** A command of the configuration with the script it names. */
  readonly linkedScript: LinkedScript;
  /** A shell script of a machine, once per machine. */
  readonly script: ScriptSubject;
  /** A machine, with or without keepalived. */
  readonly node: NodeModel;
  /** Asked once per cluster and virtual router with at least two members. */
  readonly virtualRouter: VirtualRouter;
  /** Asked once per cluster, single nodes included. */
  readonly cluster: ClusterModel;
  /** Asked once about all clusters together. */
  readonly project: { readonly clusters: readonly ClusterModel[] };
  /** A kalint-ignore comment: asked once, when all other findings are known. */
  readonly suppression: SuppressionSubject;
}

export type SubjectKind = keyof Subjects;

export interface Given {
  /** The targeted keepalived version: the node's own, else that of the run, else the newest known. */
  readonly version: Version;
  /** Whether somebody stated the version; else a claim that depends on it is judged for the range and says so. */
  readonly versionStated: boolean;
  /** The machine the subject belongs to; for `virtualRouter` and `cluster` the first of the cluster. */
  readonly node: NodeModel;
  readonly cluster: ClusterModel;
  /** What a virtual router of the cluster does when something fails, its other mistakes repaired: simulated when asked for. */
  readonly rehearsals: Rehearsals;
}

export interface RuleFinding {
  readonly at: Site;
  readonly message: string;
  /** When this case is graver or milder than the rule. */
  readonly severity?: Severity;
  readonly notes?: readonly Note[];
  readonly fixes?: readonly Fix[];
  /** The machines it concerns, when they are others than the subject's. */
  readonly nodes?: readonly NodeModel[];
}

export interface Rule<Subject extends SubjectKind = SubjectKind> {
  readonly id: string;
  /** One sentence for lists. */
  readonly summary: string;
  readonly severity: Severity;
  /** First version of kalint that has it. */
  readonly since: string;
  /** What it rests on: cases under test/observed/, or keepalived file:line at a tag. */
  readonly sources: readonly string[];
  /** What shows it at run time. */
  readonly seen?: Seen;
  /** Only runs when switched on. */
  readonly off?: true;
  /** The safest kind of fix it offers. */
  readonly fix?: Fix["safety"];
  readonly subject: Subject;
  readonly check: (subject: Subjects[Subject], given: Given) => Iterable<RuleFinding>;
}

/** A rule of any subject: what the engine and the front ends hold. */
export type AnyRule = { readonly [Subject in SubjectKind]: Rule<Subject> }[SubjectKind];

export const defineRule = <Subject extends SubjectKind>(rule: Rule<Subject>): Rule<Subject> => rule;

/** A rule with its group, the folder it lives in. */
export type ListedRule = AnyRule & { readonly group: string };

/** Used by the generated list of rules. All get the same shape: the engine finds `check` a million times where it was the last time. */
export const inGroup = (group: string, rules: readonly AnyRule[]): readonly ListedRule[] =>
  rules.map(
    ({ id, summary, severity, since, sources, seen, off, fix, subject, check }) =>
      ({ id, summary, severity, since, sources, seen, off, fix, subject, check, group }) as ListedRule,
  );
