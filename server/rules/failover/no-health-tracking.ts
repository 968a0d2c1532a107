import { proxyOf } from "../../model/cluster/proxies.ts";
import { tracksNothing } from "../../model/node/untracked.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "no-health-tracking",
  summary: "An instance that tracks nothing and balances no load: only the end of its node or its interface moves the address.",
  severity: "info",
  since: "0.1.0",
  sources: ["measured: an instance that tracks nothing, keepalived 2.2.7 and 2.4.3"],
  subject: "configuration",

  *check(configuration, { node }) {
    // The checkers of a load balancer look at what is behind it; a script that nobody tracks is told as that.
    if (configuration.virtualServers.length > 0 || configuration.scripts.length > 0) return;
    for (const instance of configuration.instances) {
      // A placeholder is no address that could move.
      const addresses = instance.virtualAddresses.flatMap(({ address, text }) =>
        address === undefined ? [] : [text.replace(/\/.*$/u, "")],
      );
      if (addresses.length === 0 || !tracksNothing(configuration, instance)) continue;
      // A router moves its routes along: what should it track. A proxy that is not tracked is told as that.
      if (instance.item.items.some(({ keyword }) => keyword.value === "virtual_routes")) continue;
      if (proxyOf(node, instance) !== undefined) continue;
      const device = instance.interface?.value;
      yield {
        at: instance.name.site,
        message: `${instance.name.value} tracks nothing: only the end of this node, of keepalived${device === undefined ? "" : ` or of ${device}`} moves ${list(addresses, "and", 3)}, and no end of the service behind it`,
      };
    }
  },
});
