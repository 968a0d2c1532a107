import { serviceText } from "../../model/cluster/lvs.ts";
import { mutualServices } from "../../model/cluster/mutual.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "directors-forward-to-each-other",
  summary: "Two directors are each other's real servers for a service by address: packets bounce between them.",
  severity: "error",
  since: "0.1.0",
  sources: ["Linux net/netfilter/ipvs/ip_vs_core.c: a packet that another director forwarded is looked up in the own table again"],
  subject: "cluster",

  *check(cluster) {
    for (const { nodes, services, servers } of mutualServices(cluster)) {
      if (services[0].key.kind !== "address") continue;
      yield {
        at: servers[0].address.site,
        message: `${nodes[0].name} and ${nodes[1].name} are each other's real servers of ${serviceText(services[0].key)}: what one forwards, the other's IPVS forwards back instead of answering`,
        notes: [
          { message: `${nodes[1].name} lists ${nodes[0].name}`, at: servers[1].address.site },
          { message: "a fwmark service whose mark rule leaves out packets that the peer forwards breaks the circle" },
        ],
        nodes,
      };
    }
  },
});
