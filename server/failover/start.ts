/** Where the addresses of a cluster are once all its nodes run and nothing has failed. */
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { ClusterModel } from "../model/cluster/model.ts";
import { once } from "../model/node/once.ts";
import { remembered } from "../model/node/remembered.ts";
import { simulatedCluster } from "./cluster.ts";
import { type AddressReport, simulate } from "./simulate.ts";

/** What is known of an address, by its canonical form. */
export type Started = (address: string) => AddressReport | undefined;

/** More are not played while somebody types: a run takes time, and nothing else is answered meanwhile. */
export const mostPlayed = 16;

/** Undefined where the cluster is too large to be played. `version` is that of nodes that state none. */
export const startOf = (cluster: ClusterModel, version: Version): Started | undefined => {
  const played = startsOf(cluster);
  const known = played.get(version) ?? once(() => startIn(cluster, version));
  played.set(version, known);
  return known();
};

const startsOf = remembered((_cluster: ClusterModel) => new Map<Version, () => Started | undefined>());

const startIn = (cluster: ClusterModel, version: Version): Started | undefined => {
  const simulated = simulatedCluster(cluster, version);
  if (simulated.daemons.length > mostPlayed) return undefined;
  const [report] = simulate(simulated, [{ do: "start" }]);
  return (address) => report!.addresses.get(simulated.addresses.get(address) ?? "");
};
