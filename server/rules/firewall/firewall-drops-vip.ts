import { defineRule } from "../../analysis/rule.ts";
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { servicesOf, serviceText } from "../../model/cluster/lvs.ts";
import { refusalOf } from "../../model/cluster/packet-filter.ts";

export default defineRule({
  id: "firewall-drops-vip",
  summary: "The packet filter of the director lets a service's packets not in: IPVS never sees them.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "Linux net/netfilter/ipvs/ip_vs_core.c: IPVS takes packets in LOCAL_IN, behind the filter table's INPUT",
    "keepalived issue 2319",
  ],
  subject: "node",

  *check(node, { cluster }) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const managed = managedAddresses(cluster, node);
    for (const { key, site } of servicesOf(configuration)) {
      if (key.kind !== "address" || key.port === 0 || !managed.has(key.address)) continue;
      const family = parseAddress(key.address)?.family;
      if (family === undefined) continue;
      const number = { tcp: "6", udp: "17", sctp: "132" }[key.protocol];
      const refusal = refusalOf(node, {
        hook: "INPUT",
        family,
        protocols: [key.protocol, number],
        destinations: [key.address],
        destinationPort: key.port,
        isNew: true,
      });
      if (refusal === undefined) continue;
      yield {
        at: site,
        message: `${serviceText(key)} gets no connection: ${refusal.how} of this machine refuses its packets before IPVS sees them`,
        notes: [{ message: "no rule before this one lets them in", at: refusal.site }],
      };
    }
  },
});
