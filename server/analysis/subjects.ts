/** Everything in a cluster that a rule can be asked about, by kind, in the order it was written. */
import type { ClusterModel, Companion, LinkedScript, NodeModel, ScriptFile } from "../model/cluster/model.ts";
import { walkItems } from "../model/node/items.ts";
import type { Configuration } from "../model/node/model.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { RealServerSubject, ScriptSubject, SubjectKind, Subjects } from "./rule.ts";
import { wrongItems } from "./values.ts";

type Listed = readonly [SubjectKind, readonly Subjects[SubjectKind][]];

/** Subjects of a machine, of the wanted kinds: what no rule asks about is not even walked. */
export const nodeSubjects = (node: NodeModel, version: Version, wanted: (kind: SubjectKind) => boolean): readonly Listed[] => {
  const { configuration, linkedScripts } = node;
  const list = <Kind extends SubjectKind>(kind: Kind, make: () => readonly Subjects[Kind][]): readonly Listed[] =>
    wanted(kind) ? [[kind, make()]] : [];
  const own = configuration === undefined ? [] : configurationSubjects(configuration, version, list);
  return [...own, ...list("linkedScript", () => linkedScripts), ...list("script", () => scriptsOf(node)), ...list("node", () => [node])];
};

const configurationSubjects = (
  configuration: Configuration,
  version: Version,
  list: <Kind extends SubjectKind>(kind: Kind, make: () => readonly Subjects[Kind][]) => readonly Listed[],
): readonly Listed[] => {
  const { tree, instances, syncGroups, scripts, virtualServers } = configuration;
  const realServers = (): readonly RealServerSubject[] =>
    virtualServers.flatMap((virtualServer) => virtualServer.realServers.map((realServer) => ({ ...realServer, virtualServer })));
  return [
    ...list("configuration", () => [configuration]),
    ...list("syntaxProblem", () => tree.problems),
    ...list("item", () => walkItems(tree.items)),
    ...list("wrongItem", () => wrongItems(tree, version)),
    ...list("vrrpInstance", () => instances),
    ...list("syncGroup", () => syncGroups),
    ...list("vrrpScript", () => scripts),
    ...list("virtualServer", () => virtualServers),
    ...list("realServer", realServers),
    ...list("checker", () =>
      virtualServers.flatMap((virtualServer) =>
        virtualServer.realServers.flatMap((realServer) =>
          realServer.checkers.map((checker) => ({ ...checker, realServer, virtualServer })),
        ),
      ),
    ),
  ];
};

/** What belongs to no machine alone. */
export const clusterSubjects = (cluster: ClusterModel): readonly (readonly [SubjectKind, Subjects[SubjectKind]])[] => [
  ...cluster.virtualRouters.filter(({ members }) => members.length > 1).map((router) => ["virtualRouter", router] as const),
  ["cluster", cluster],
];

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
