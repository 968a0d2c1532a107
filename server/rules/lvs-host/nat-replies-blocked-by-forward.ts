import { defineRule } from "../../analysis/rule.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { forwardingOf } from "../../model/cluster/lvs.ts";
import { refusalOf, type Refusal } from "../../model/cluster/packet-filter.ts";

export default defineRule({
  id: "nat-replies-blocked-by-forward",
  summary: "The answers of NAT real servers pass the FORWARD chain of the director, and it refuses them.",
  severity: "warning",
  since: "0.1.0",
  sources: ["Linux net/netfilter/ipvs/ip_vs_core.c: answers of masqueraded servers are taken in NF_INET_FORWARD, behind the filter table"],
  subject: "node",

  *check(node) {
    const told = new Set<string>();
    for (const server of node.configuration?.virtualServers ?? []) {
      for (const real of server.realServers) {
        const address = real.address.value;
        const family = address === undefined ? undefined : parseAddress(address)?.family;
        const protocol = server.protocol === undefined ? "udp" : server.protocol.value?.toLowerCase();
        if (address === undefined || family === undefined || forwardingOf(server, real) !== "nat") continue;
        if (protocol !== "tcp" && protocol !== "udp") continue;
        const port = real.port?.value;
        const refusal = refusalOf(node, {
          hook: "FORWARD",
          family,
          protocols: [protocol, protocol === "tcp" ? "6" : "17"],
          sources: [canonicalAddress(address)],
          ...(port === undefined ? {} : { sourcePort: port }),
        });
        if (refusal === undefined || told.has(placeOf(refusal))) continue;
        told.add(placeOf(refusal));
        yield {
          at: refusal.site,
          message: `${refusal.how} refuses what ${address} answers: behind NAT every answer passes FORWARD on the director`,
          notes: [{ message: "the real server", at: real.address.site }],
        };
      }
    }
  },
});

const placeOf = ({ site }: Refusal): string => `${site.file} ${site.span.start}`;
