/** From a cluster and steps to what became of its addresses. */
import type { SimulatedCluster } from "../../failover/cluster.ts";
import { judge } from "../../failover/judge.ts";
import { defaultScenario, partitionSteps, type Step } from "../../failover/scenario.ts";
import { simulate } from "../../failover/simulate.ts";
import type { ClusterModel } from "../../model/cluster/model.ts";
import type { FailoverReport } from "./report.ts";

export const hasAddresses = ({ nodes }: ClusterModel): boolean =>
  nodes.some(({ configuration }) =>
    configuration?.instances.some(({ virtualAddresses, excludedAddresses }) =>
      [...virtualAddresses, ...excludedAddresses].some(({ address }) => address !== undefined),
    ),
  );

/** What people want to know: each single failure and its end, and what a network does that splits. */
export const everyFailure = (cluster: SimulatedCluster): readonly Step[] => [...defaultScenario(cluster), ...partitionSteps(cluster)];

export const played = (name: string, cluster: SimulatedCluster, steps: readonly Step[]): FailoverReport => {
  const reports = simulate(cluster, steps);
  return { cluster: name, nodes: cluster.daemons.map(({ node }) => node), steps: reports, verdicts: judge(cluster, reports) };
};
