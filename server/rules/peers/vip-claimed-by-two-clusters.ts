import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import type { VirtualAddress, VrrpInstance } from "../../model/node/model.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "vip-claimed-by-two-clusters",
  summary: "Two stated clusters list the same virtual address: each has a master that holds it.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/vrid-mismatch", "test/observed/two-clusters-one-vrid"],
  seen: { metrics: [["state", "is 2 (MASTER) on more than one node for the same address"]] },
  subject: "project",

  *check({ clusters }) {
    const first = new Map<string, Claim>();
    const told = new Set<string>();
    // Two groups that nobody stated and that share an address are copies of one.
    for (const cluster of clusters.filter(({ stated }) => stated === true)) {
      for (const claim of claimsOf(cluster)) {
        const { entry, instance, node } = claim;
        const other = first.get(entry.address!);
        if (other === undefined) first.set(entry.address!, claim);
        if (other === undefined || other.cluster === cluster || told.has(`${entry.address} ${cluster.name}`)) continue;
        told.add(`${entry.address} ${cluster.name}`);
        yield {
          at: entry.site,
          message: `${entry.text} in ${instance.name.value} of ${cluster.name} is an address of ${other.cluster.name} as well: both clusters have a master that holds it`,
          notes: [{ message: `in ${other.instance.name.value} of ${other.cluster.name}`, at: other.entry.site }],
          nodes: [other.node, node],
        };
      }
    }
  },
});

interface Claim {
  readonly cluster: ClusterModel;
  readonly node: NodeModel;
  readonly instance: VrrpInstance;
  readonly entry: VirtualAddress;
}

const claimsOf = (cluster: ClusterModel): readonly Claim[] =>
  cluster.nodes.flatMap((node) =>
    (node.configuration?.instances ?? []).flatMap((instance) =>
      [...instance.virtualAddresses, ...instance.excludedAddresses].flatMap((entry) =>
        entry.address === undefined ? [] : [{ cluster, node, instance, entry }],
      ),
    ),
  );
