/** `kalint/cluster`: what is recognised around a file; and which cluster the requests beside this one are about. */
import path from "node:path";
import { RequestType } from "vscode-languageserver/node";
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import type { Site } from "../../grammar/text.ts";
import type { ClusterModel, NodeModel } from "../model/cluster/model.ts";
import { cancelled } from "./cancelled.ts";
import { pathOfUri } from "./convert.ts";
import {
  type ClusterAnswer,
  type ClusterHead,
  clusterMethod,
  type ClusterNode,
  type ClusterParams,
  type SourcePlace,
  type VersionSource,
} from "./custom.ts";
import type { Sight } from "./project.ts";
import type { Session } from "./session.ts";

export interface Chosen<S extends Sight> {
  readonly sight: S;
  readonly cluster: ClusterModel;
  readonly head: ClusterHead;
  /** The file that was asked about is one of its files. */
  readonly belongs: boolean;
}

/** The cluster of that name, else the one the file belongs to, else the first; undefined when there is none. */
export const chosenCluster = <S extends Sight>(sights: readonly S[], { uri, cluster: wanted }: ClusterParams): Chosen<S> | undefined => {
  const all = sights.flatMap((sight) => sight.reading.project.clusters.map((cluster) => ({ sight, cluster })));
  const isOwn = ({ sight, cluster }: (typeof all)[number]): boolean => {
    const name = uri === undefined ? undefined : sight.place.nameOf(uri);
    return name !== undefined && cluster.nodes.some((node) => filesOf(node).includes(name));
  };
  const own = all.find(isOwn);
  const found = all.find((each) => titleOf(each) === wanted) ?? own ?? all[0];
  if (found === undefined) return undefined;
  const clusters = [...new Set(all.map(titleOf))];
  return { ...found, head: { cluster: titleOf(found), clusters }, belongs: found === own };
};

/** What people call it: a cluster that is all of the workspace has the name of the folder. */
const titleOf = ({ sight, cluster: { name } }: { readonly sight: Sight; readonly cluster: ClusterModel }): string =>
  name === "." || name === "" ? path.basename(pathOfUri(sight.place.uriOf("")) ?? "cluster") : name;

const filesOf = ({ configuration, linkedScripts, companions }: NodeModel): readonly string[] => [
  ...(configuration?.expansion.files ?? []),
  ...linkedScripts.flatMap(({ resolution }) => (resolution.kind === "found" ? [resolution.file] : [])),
  ...companions.map(({ file }) => file),
];

/** Places to jump to, each once. A span that is a whole file is its beginning. */
export const placesOf = (sites: readonly Site[], { uriOf, positions, textOf }: Sight): readonly SourcePlace[] => {
  const found = new Map<string, SourcePlace>();
  for (const { file, span } of sites) {
    const whole = span.end > (textOf(file)?.length ?? 0);
    const range = positions(file).range(whole ? { start: span.start, end: span.start } : span);
    const place = { uri: uriOf(file), range };
    found.set(`${place.uri} ${range.start.line}`, place);
  }
  return [...found.values()];
};

/** The keepalived that is meant for nodes that state none. */
export const versionOf = ({ reading }: Sight): { readonly version: string; readonly source: VersionSource } =>
  reading.version === undefined ? { version: newestVersion, source: "newest" } : { version: reading.version, source: "settings" };

export const answerClusters = ({ connection, sights }: Session): void =>
  void connection.onRequest(
    new RequestType<ClusterParams | null, ClusterAnswer, void>(clusterMethod),
    async (params, token): Promise<ClusterAnswer> => {
      const chosen = chosenCluster(await sights(), params ?? {});
      if (token.isCancellationRequested) throw cancelled();
      if (chosen === undefined) return { kind: "none" };
      const { sight, cluster, head, belongs } = chosen;
      const nodes = cluster.nodes.map(({ name, configuration, version }): ClusterNode => {
        if (configuration === undefined) return { name };
        return { name, ...(version === undefined ? versionOf(sight) : { version, source: "node" as const }) };
      });
      return { kind: "cluster", ...head, belongs, nodes };
    },
  );
