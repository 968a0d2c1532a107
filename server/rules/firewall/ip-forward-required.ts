import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { defineRule } from "../../analysis/rule.ts";
import { settled } from "../../model/cluster/kernel.ts";
import { forwardingOf } from "../../model/cluster/lvs.ts";
import type { VirtualServer } from "../../model/node/model.ts";

const names = { 4: "net.ipv4.ip_forward", 6: "net.ipv6.conf.all.forwarding" } as const;

export default defineRule({
  id: "ip-forward-required",
  summary: "A director with NAT services switches IP forwarding off: the answers of the real servers are dropped.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "Linux net/ipv4/route.c: a packet for another host is dropped where forwarding is off",
    "keepalived v2.4.3 keepalived/check/check_data.c:1181",
  ],
  subject: "node",
  fix: "review",

  *check(node) {
    for (const family of [4, 6] as const) {
      const service = node.configuration?.virtualServers.find((one) => hasNat(one, family));
      if (service === undefined) continue;
      const setting = settled(node, names[family]);
      if (setting === undefined || setting === "unknown" || setting.value !== "0") continue;
      yield {
        at: setting.effect.site,
        message: `${names[family]} is 0, but ${blockTitle(service.item)} is NAT: what the real servers answer is dropped`,
        notes: [{ message: "the service", at: service.item.keyword.site }],
        fixes: [{ title: "Switch forwarding on", safety: "review", edits: [{ at: setting.effect.value.site, replacement: "1" }] }],
      };
    }
  },
});

const hasNat = (virtualServer: VirtualServer, family: 4 | 6): boolean =>
  virtualServer.realServers.some(
    (server) =>
      forwardingOf(virtualServer, server) === "nat" &&
      server.address.value !== undefined &&
      parseAddress(server.address.value)?.family === family,
  );
