import { proxyOf } from "../../model/cluster/proxies.ts";
import { tracksNothing } from "../../model/node/untracked.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "untracked-service-vip",
  summary: "A proxy serves the virtual address and nothing tracks it: when the proxy ends, the address stays with a dead service.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/weight-enough", "measured: an instance that tracks nothing, keepalived 2.2.7 and 2.4.3"],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    // Where keepalived balances the load itself, its checkers look at what is behind it.
    if (configuration === undefined || configuration.virtualServers.length > 0) return;
    for (const instance of configuration.instances) {
      const proxy = proxyOf(node, instance);
      if (proxy === undefined || !tracksNothing(configuration, instance)) continue;
      yield {
        at: instance.name.site,
        message: `${instance.name.value} tracks nothing, and an haproxy on ${node.name} serves its address: when haproxy ends, the address stays and nobody answers`,
        notes: [{ message: "haproxy listens here", at: proxy.site }],
      };
    }
  },
});
