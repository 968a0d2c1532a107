/** Everything in a cluster that a rule can be asked about, in the order it was written. */
import type { ClusterModel, Companion, LinkedScript, NodeModel, ScriptFile } from "../model/cluster/model.ts";
import { walkItems } from "../model/node/items.ts";
import type { ScriptSubject, SubjectKind, Subjects } from "./rule.ts";

export interface AskedAbout {
  readonly kind: SubjectKind;
  readonly subject: Subjects[SubjectKind];
  /** The machine it belongs to; undefined for what belongs to the cluster. */
  readonly node?: NodeModel;
}

/** Subjects of the wanted kinds: what no rule asks about is not even walked. */
export function* subjectsOf(cluster: ClusterModel, wanted: ReadonlySet<SubjectKind>): Generator<AskedAbout> {
  for (const node of cluster.nodes) {
    yield* configurationSubjects(node, wanted);
    if (wanted.has("linkedScript")) for (const subject of node.linkedScripts) yield { kind: "linkedScript", subject, node };
    if (wanted.has("script")) for (const subject of scriptsOf(node)) yield { kind: "script", subject, node };
    if (wanted.has("node")) yield { kind: "node", subject: node, node };
  }
  if (wanted.has("virtualRouter"))
    for (const subject of cluster.virtualRouters) if (subject.members.length > 1) yield { kind: "virtualRouter", subject };
  if (wanted.has("cluster")) yield { kind: "cluster", subject: cluster };
}

function* configurationSubjects(node: NodeModel, wanted: ReadonlySet<SubjectKind>): Generator<AskedAbout> {
  const { configuration } = node;
  if (configuration === undefined) return;
  if (wanted.has("configuration")) yield { kind: "configuration", subject: configuration, node };
  if (wanted.has("syntaxProblem")) for (const subject of configuration.tree.problems) yield { kind: "syntaxProblem", subject, node };
  if (wanted.has("item")) for (const subject of walkItems(configuration.tree.items)) yield { kind: "item", subject, node };
  if (wanted.has("vrrpInstance")) for (const subject of configuration.instances) yield { kind: "vrrpInstance", subject, node };
  if (wanted.has("syncGroup")) for (const subject of configuration.syncGroups) yield { kind: "syncGroup", subject, node };
  if (wanted.has("vrrpScript")) for (const subject of configuration.scripts) yield { kind: "vrrpScript", subject, node };
  for (const virtualServer of configuration.virtualServers) {
    if (wanted.has("virtualServer")) yield { kind: "virtualServer", subject: virtualServer, node };
    for (const realServer of virtualServer.realServers) {
      if (wanted.has("realServer")) yield { kind: "realServer", subject: { ...realServer, virtualServer }, node };
      if (!wanted.has("checker")) continue;
      for (const checker of realServer.checkers) yield { kind: "checker", subject: { ...checker, realServer, virtualServer }, node };
    }
  }
}

/** Each script of a machine once, however many statements name it. */
const scriptsOf = (node: NodeModel): readonly ScriptSubject[] => {
  const found = new Map<string, { script: ScriptFile; uses: LinkedScript[]; companion?: Companion }>();
  for (const companion of node.companions)
    if (companion.script !== undefined) found.set(companion.file, { script: companion.script, uses: [], companion });
  for (const use of node.linkedScripts) {
    if (use.resolution.kind !== "found" || use.resolution.script === undefined) continue;
    const earlier = found.get(use.resolution.file);
    if (earlier === undefined) found.set(use.resolution.file, { script: use.resolution.script, uses: [use] });
    else earlier.uses.push(use);
  }
  return [...found.values()].map(({ script, uses, companion }) => ({ ...script, uses, ...(companion === undefined ? {} : { companion }) }));
};
