import { defineRule } from "../../analysis/rule.ts";
import type { ClusterModel } from "../../model/cluster/model.ts";

/** The number of every tutorial, and the first one that comes to mind. */
const common: ReadonlyMap<number, string> = new Map([
  [51, "the number of keepalived's own examples"],
  [1, "what many routers come with"],
]);

export default defineRule({
  id: "default-vrid",
  summary: "A `virtual_router_id` that half the world uses: another cluster on the same segment may have it too.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 doc/samples/keepalived.conf.vrrp:18"],
  subject: "cluster",

  *check(cluster) {
    for (const [vrid, why] of common) {
      const users = usersOf(cluster, vrid);
      const [first] = users;
      if (first === undefined) continue;
      yield {
        at: first.at,
        message: `virtual_router_id ${vrid} of ${first.name} is ${why}: another cluster on the segment that uses it disturbs this one`,
        notes: users.filter(({ at }) => at.file !== first.at.file).map(({ node, at }) => ({ message: `also on ${node.name}`, at })),
        nodes: users.map(({ node }) => node),
      };
    }
  },
});

/** Multicast instances with the number. Unicast nodes are not heard by others. */
const usersOf = ({ nodes }: ClusterModel, vrid: number) =>
  nodes.flatMap((node) =>
    (node.configuration?.instances ?? []).flatMap(({ name, virtualRouterId, unicastPeers }) =>
      virtualRouterId?.value === vrid && unicastPeers.length === 0 ? [{ node, name: name.value, at: virtualRouterId.site }] : [],
    ),
  );
