import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { forwardingOf } from "../../model/cluster/lvs.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import type { RealServer } from "../../model/node/model.ts";

export default defineRule({
  id: "realserver-gateway-not-vip",
  summary: "A real server behind NAT has another default gateway than a virtual address of the directors: its answers miss them.",
  severity: "warning",
  since: "0.1.0",
  sources: ["Linux net/netfilter/ipvs/ip_vs_core.c: an answer is translated back by the director that it passes"],
  subject: "node",

  *check(node, { cluster }) {
    if (node.configuration !== undefined) return;
    const server = translated(cluster, node);
    const managed = managedAddresses(cluster, node);
    if (server === undefined || managed.size === 0) return;
    const family = parseAddress(server.address.value!)?.family;
    for (const { gateway, shared } of node.companions) {
      if (gateway === undefined || shared || parseAddress(gateway.value)?.family !== family || managed.has(canonicalAddress(gateway.value)))
        continue;
      const director = cluster.nodes.find(
        (other) => other.configuration !== undefined && other.addresses.some(({ address }) => address === canonicalAddress(gateway.value)),
      );
      const [inner] = [...managed].filter(([address]) => parseAddress(address)?.family === family);
      if (inner === undefined) continue;
      yield {
        at: gateway.site,
        message:
          director === undefined
            ? `the default gateway ${gateway.value} of ${node.name} is no virtual address: what it answers behind NAT does not come by the director`
            : `the default gateway ${gateway.value} of ${node.name} is ${director.name} itself: after a failover its answers go to the wrong director`,
        notes: [
          { message: `${node.name} is a real server behind NAT`, at: server.address.site },
          { message: `a virtual address of ${inner[1].instance.name.value}`, at: inner[1].site },
        ],
      };
      return;
    }
  },
});

/** The real server of a NAT service that this machine is. */
const translated = (cluster: ClusterModel, node: NodeModel): RealServer | undefined => {
  const own = new Set(node.addresses.map(({ address }) => canonicalAddress(address)));
  for (const { configuration } of cluster.nodes)
    for (const server of configuration?.virtualServers ?? [])
      for (const real of server.realServers)
        if (forwardingOf(server, real) === "nat" && real.address.value !== undefined && own.has(canonicalAddress(real.address.value)))
          return real;
  return undefined;
};
