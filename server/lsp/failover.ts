/** `kalint/failover`: what each single failure does to each virtual address of a cluster. */
import { RequestType } from "vscode-languageserver/node";
import { addressSites, stepSites } from "../features/failover-places.ts";
import { simulatedCluster } from "../failover/cluster.ts";
import { mostPlayed } from "../failover/start.ts";
import { coursesOf } from "../reporters/failover/course.ts";
import { everyFailure, hasAddresses, played } from "../reporters/failover/play.ts";
import { episodeRow } from "../reporters/failover/rows.ts";
import { cancelled } from "./cancelled.ts";
import { type Chosen, chosenCluster, placesOf, versionOf } from "./cluster.ts";
import { type ClusterParams, type FailoverAnswer, type FailoverRow, failoverMethod } from "./custom.ts";
import type { Sight } from "./project.ts";
import type { Session } from "./session.ts";

export const answerFailovers = ({ connection, sights }: Session): void =>
  void connection.onRequest(
    new RequestType<ClusterParams | null, FailoverAnswer, void>(failoverMethod),
    async (params, token): Promise<FailoverAnswer> => {
      const chosen = chosenCluster(await sights(), params ?? {});
      if (token.isCancellationRequested) throw cancelled();
      return chosen === undefined ? { kind: "none" } : tableOf(chosen);
    },
  );

const tableOf = ({ sight, cluster, head }: Chosen<Sight>): FailoverAnswer => {
  if (!hasAddresses(cluster)) return { kind: "no addresses", ...head };
  const { version, source } = versionOf(sight);
  const simulated = simulatedCluster(cluster, version);
  if (simulated.daemons.length > mostPlayed) return { kind: "too large", ...head };
  const report = played(cluster.name, simulated, everyFailure(simulated));
  const said = new Set<string>();
  const courses = coursesOf(report).map(({ addresses, episodes }) => ({
    addresses: addresses.map((address) => ({ address, places: placesOf(addressSites(cluster, address), sight) })),
    rows: episodes.map((episode): FailoverRow => {
      const { remarks, ...row } = episodeRow(episode, said);
      return { ...row, places: placesOf(stepSites(cluster, episode.step), sight), remarks: remarks.map(({ text }) => text) };
    }),
  }));
  return { kind: "failover", ...head, nodes: report.nodes, version, source, courses };
};
