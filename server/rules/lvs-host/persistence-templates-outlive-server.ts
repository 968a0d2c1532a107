import { saysKernelSettings, settled } from "../../model/cluster/kernel.ts";
import { defineRule } from "../../analysis/rule.ts";
import type { VirtualServer } from "../../model/node/model.ts";
import { blockTitle } from "../../analysis/wording.ts";

export default defineRule({
  id: "persistence-templates-outlive-server",
  summary: "Persistence keeps clients at a real server that failed, and the kernel settings that end it are off.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "Linux Documentation/networking/ipvs-sysctl.rst, expire_quiescent_template and expire_nodest_conn",
    "keepalived v2.4.3 keepalived/check/ipwrapper.c:260",
  ],
  subject: "node",

  *check(node) {
    // What is known of the kernel's settings must come from a file that is about them.
    if (node.configuration === undefined || !saysKernelSettings(node)) return;
    for (const server of node.configuration.virtualServers) {
      const { persistence } = server;
      if (persistence === undefined || server.realServers.length < 2) continue;
      const inhibits = staysWithWeightZero(server);
      const name = inhibits ? "net.ipv4.vs.expire_quiescent_template" : "net.ipv4.vs.expire_nodest_conn";
      const setting = settled(node, name);
      if (setting === "unknown" || (setting !== undefined && setting.value !== "0")) continue;
      yield {
        at: persistence.site,
        message: inhibits
          ? `a failed real server of ${blockTitle(server.item)} keeps its clients for the whole persistence time (inhibit_on_failure leaves it with weight 0): ${name} = 1 ends that`
          : `connections to a failed real server of ${blockTitle(server.item)} hang until their clients give up: ${name} = 1 resets them, so that persistence finds another server`,
        notes:
          setting === undefined
            ? [{ message: "no sysctl setting of this node mentions it" }]
            : [{ message: "it is off here", at: setting.effect.site }],
      };
      return;
    }
  },
});

/** `inhibit_on_failure` in the service or in one of its servers. */
const staysWithWeightZero = ({ item, realServers }: VirtualServer): boolean =>
  [item, ...realServers.map((real) => real.item)].some(({ items }) => items.some(({ keyword }) => keyword.value === "inhibit_on_failure"));
