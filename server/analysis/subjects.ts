/** Everything in a cluster that a rule can be asked about, by kind, in the order it was written. */
import type { ClusterModel, Companion, LinkedScript, NodeModel, ScriptFile } from "../model/cluster/model.ts";
import { type ConfigItem, itemsOf, walkItems } from "../model/node/items.ts";
import { once } from "../model/node/once.ts";
import type { Configuration, VirtualServer } from "../model/node/model.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { CheckerSubject, RealServerSubject, ScriptSubject, SubjectKind, Subjects } from "./rule.ts";
import { wrongItems } from "./values.ts";

type Every = readonly Subjects[SubjectKind][];

/** Subjects of one kind, put together when somebody asks. */
export interface OfKind {
  readonly kind: SubjectKind;
  readonly all: () => Every;
  /** Those within a block of the top level, for kinds that have all they are made of there. */
  readonly inBlock: ((block: ConfigItem) => Every) | undefined;
}

/** Subjects of a machine. */
export const nodeSubjects = (node: NodeModel, version: Version): readonly OfKind[] => {
  const { configuration, linkedScripts } = node;
  return [
    ...(configuration === undefined ? [] : configurationSubjects(configuration, version)),
    asWhole("linkedScript", () => linkedScripts),
    asWhole("script", () => scriptsOf(node)),
    asWhole("node", () => [node]),
  ];
};

const configurationSubjects = (configuration: Configuration, version: Version): readonly OfKind[] => {
  const { tree, instances, syncGroups, scripts, virtualServers } = configuration;
  const servers = modelled("virtualServer", virtualServers);
  const wrong = (block: ConfigItem): readonly ConfigItem[] => wrongItems(block, version);
  return [
    asWhole("configuration", () => [configuration]),
    asWhole("syntaxProblem", () => tree.problems),
    { kind: "topLevel", all: () => tree.items, inBlock: (block) => [block] },
    { kind: "item", all: () => walkItems(tree.items), inBlock: itemsOf },
    { kind: "wrongItem", all: () => tree.items.flatMap(wrong), inBlock: wrong },
    modelled("vrrpInstance", instances),
    modelled("syncGroup", syncGroups),
    modelled("vrrpScript", scripts),
    servers,
    within("realServer", servers, virtualServers, realServersOf),
    within("checker", servers, virtualServers, checkersOf),
  ];
};

/** A kind that is asked about anew as soon as anything of the machine changes. */
const asWhole = (kind: SubjectKind, all: () => Every): OfKind => ({ kind, all, inBlock: undefined });

/** What a block of the top level stands for. */
const modelled = <Subject extends Subjects[SubjectKind] & { readonly item: ConfigItem }>(
  kind: SubjectKind,
  all: readonly Subject[],
): OfKind & { readonly inBlock: (block: ConfigItem) => readonly Subject[] } => {
  const byItem = once(() => new Map(all.map((each) => [each.item, [each]])));
  return { kind, all: () => all, inBlock: (block) => byItem().get(block) ?? [] };
};

const within = (
  kind: SubjectKind,
  { inBlock }: { readonly inBlock: (block: ConfigItem) => readonly VirtualServer[] },
  servers: readonly VirtualServer[],
  parts: (server: VirtualServer) => Every,
): OfKind => ({ kind, all: () => servers.flatMap(parts), inBlock: (block) => inBlock(block).flatMap(parts) });

const realServersOf = (virtualServer: VirtualServer): readonly RealServerSubject[] =>
  virtualServer.realServers.map((realServer) => ({ ...realServer, virtualServer }));

const checkersOf = (virtualServer: VirtualServer): readonly CheckerSubject[] =>
  virtualServer.realServers.flatMap((realServer) => realServer.checkers.map((checker) => ({ ...checker, realServer, virtualServer })));

/** What belongs to no machine alone. */
export const clusterSubjects = (cluster: ClusterModel): readonly (readonly [SubjectKind, Subjects[SubjectKind]])[] => [
  ...cluster.virtualRouters.filter(({ members }) => members.length > 1).map((router) => ["virtualRouter", router] as const),
  ["cluster", cluster],
];

/** Each script of a machine once, however many statements name it. */
export const scriptsOf = (node: NodeModel): readonly ScriptSubject[] => {
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
