import { valueOf } from "../../model/effects/known.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { directServices, quietBindings } from "../../model/cluster/real-servers.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "realserver-vip-mismatch",
  summary: "A real server binds another address than the one the director forwards: it drops every packet of the service.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "Linux net/ipv4/route.c: a packet for an address that is not the host's own is routed on, or dropped",
    "keepalived v2.4.3 keepalived/check/check_data.c:1306",
  ],
  subject: "node",

  *check(node, { cluster }) {
    const services = directServices(cluster);
    const [expected] = services.addresses.values();
    if (expected === undefined || !services.complete) return;
    const managed = managedAddresses(cluster, node);
    const bindings = quietBindings(node);
    // Whoever binds an address of the cluster is set up for it; more addresses serve something else.
    if (bindings.some(({ address }) => address === undefined || services.addresses.has(address) || managed.has(address))) return;
    const others = [...services.addresses.keys()];
    const told = new Set<string>();
    for (const { effect, address } of bindings) {
      const prefix = valueOf(effect.prefix);
      if (address === undefined || (prefix !== undefined && prefix !== 32 && prefix !== 128) || told.has(address)) continue;
      // A script beside the directors' files may belong to anything; a slip of the pen shows in the neighbourhood.
      if (node.configuration !== undefined && !others.some((other) => areNeighbours(address, other))) continue;
      told.add(address);
      yield {
        at: effect.address!.site,
        message: `this binds ${address} on ${valueOf(effect.label) ?? valueOf(effect.device)!}, but the directors forward ${others.join(" and ")}: its packets are dropped`,
        notes: [{ message: "the address that the packets carry", at: expected.site }],
      };
    }
  },
});

/** Same /24 or same /64. */
const areNeighbours = (a: string, b: string): boolean =>
  a.includes(":")
    ? a.split(":").slice(0, 4).join(":") === b.split(":").slice(0, 4).join(":")
    : a.split(".").slice(0, 3).join(".") === b.split(".").slice(0, 3).join(".");
