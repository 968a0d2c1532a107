import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { factFiles } from "../../model/cluster/facts.ts";
import { forwardingOf } from "../../model/cluster/lvs.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { VirtualServer } from "../../model/node/model.ts";

/** What switches forwarding on, by address family. */
const settings = {
  4: /^net\.ipv4\.(?:ip_forward|conf\.all\.forwarding)$/u,
  6: /^net\.ipv6\.conf\.all\.forwarding$/u,
} as const;

export default defineRule({
  id: "nat-forwarding-sysctl",
  summary: "NAT needs IP forwarding on the director, and none of the node's sysctl settings is about it.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "Linux net/ipv4/route.c: the answer of a NAT server is for another host, and is dropped where forwarding is off",
    "keepalived v2.4.3 keepalived/check/check_data.c:1181",
  ],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    // What is known of the kernel's settings must come from a file that is about them.
    if (configuration === undefined || !node.companions.some(({ kind }) => kind === "sysctl")) return;
    for (const family of [4, 6] as const) {
      const service = configuration.virtualServers.find((one) => needsForwarding(one, family));
      if (service === undefined || isSet(node, family)) continue;
      const name = family === 4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding";
      yield {
        at: service.item.keyword.site,
        message: `${blockTitle(service.item)} is NAT and needs ${name} = 1, which no sysctl setting of this node mentions`,
      };
    }
  },
});

const needsForwarding = (virtualServer: VirtualServer, family: 4 | 6): boolean =>
  virtualServer.realServers.some(
    (server) =>
      forwardingOf(virtualServer, server) === "nat" &&
      server.address.value !== undefined &&
      parseAddress(server.address.value)?.family === family,
  );

/** Whether some file sets it, to whatever value: a 0 has a finding of its own. */
const isSet = (node: NodeModel, family: 4 | 6): boolean =>
  factFiles(node).some(({ effects }) =>
    effects.some((effect) => {
      if (effect.kind !== "sysctl") return false;
      const name = valueOf(effect.name);
      return name === undefined || settings[family].test(name);
    }),
  );
