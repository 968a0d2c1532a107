import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { factFiles } from "../../model/cluster/facts.ts";
import { settled } from "../../model/cluster/kernel.ts";
import { forwardingOf, servicesOf, serviceText } from "../../model/cluster/lvs.ts";
import { matchOf } from "../../model/cluster/packet-filter.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect, FirewallEffect } from "../../model/effects/types.ts";

export default defineRule({
  id: "notrack-vs-nat",
  summary: "Connection tracking is on for IPVS and off for the packets of a NAT service: rules that need it do not see the connections.",
  severity: "info",
  since: "0.1.0",
  sources: ["Linux Documentation/networking/ipvs-sysctl.rst, conntrack"],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const setting = settled(node, "net.ipv4.vs.conntrack");
    if (setting === undefined || setting === "unknown" || setting.value !== "1") return;
    const services = servicesOf(configuration).filter(
      ({ key, server }) => key.kind === "address" && server.realServers.some((real) => forwardingOf(server, real) === "nat"),
    );
    for (const { effects } of factFiles(node)) {
      for (const effect of effects.filter(isUntracking)) {
        const service = services.find(
          ({ key }) =>
            key.kind === "address" &&
            matchOf(effect.match, {
              hook: "INPUT",
              family: parseAddress(key.address)?.family ?? 4,
              protocols: [key.protocol],
              destinations: [canonicalAddress(key.address)],
              destinationPort: key.port,
            }) !== "no",
        );
        if (service === undefined) continue;
        yield {
          at: effect.site,
          message: `this takes ${serviceText(service.key)} out of connection tracking, but net.ipv4.vs.conntrack = 1 asks IPVS to track its NAT connections`,
          notes: [
            { message: "the service", at: service.site },
            { message: "tracking is switched on here", at: setting.effect.site },
          ],
        };
        return;
      }
    }
  },
});

/** `-j NOTRACK`, `-j CT --notrack`, `notrack`. */
const isUntracking = (effect: Effect): effect is FirewallEffect =>
  effect.kind === "firewall" &&
  (effect.action === "append" || effect.action === "insert") &&
  (valueOf(effect.target) === "NOTRACK" || (valueOf(effect.target) === "CT" && effect.match.other.includes("--notrack"))) &&
  effect.match.other.every((option) => option === "--notrack");
