import { finishedMembers } from "../../model/cluster/pairs.ts";
import { hasUnreadIncludes } from "../../model/node/lost.ts";
import { defineRule } from "../../analysis/rule.ts";
import { counted, list } from "../../analysis/wording.ts";

export default defineRule({
  id: "single-node-cluster",
  summary: "A virtual router that only one node of its cluster has: when the node is gone, nobody takes its addresses over.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/families-differ", "measured: an instance on one node only, keepalived 2.2.7 and 2.4.3"],
  subject: "cluster",

  *check({ stated, name, nodes, virtualRouters }) {
    const directors = nodes.filter(({ configuration }) => configuration !== undefined);
    // Of nodes that nobody has stated it is not known whether they are all.
    if (stated !== true || directors.some(({ configuration }) => configuration !== undefined && hasUnreadIncludes(configuration))) return;
    for (const router of virtualRouters) {
      const members = finishedMembers(router);
      const [only] = members;
      const addresses = (only?.instance.virtualAddresses ?? []).map(({ text }) => text.replace(/\/.*$/u, ""));
      if (only === undefined || members.length > 1 || addresses.length === 0) continue;
      yield {
        at: only.instance.name.site,
        message: `${only.instance.name.value} is on ${only.node.name} only, of the ${counted(directors.length, "node")} of ${name}: nobody takes ${list(addresses, "and", 3)} over`,
        nodes: [only.node],
      };
    }
  },
});
