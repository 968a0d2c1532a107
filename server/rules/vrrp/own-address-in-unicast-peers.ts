import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "own-address-in-unicast-peers",
  summary: "A node's own address among its `unicast_peer`s: it sends adverts to itself and warns about each.",
  severity: "warning",
  since: "0.1.0",
  sources: ["measured: own address in unicast_peer, keepalived 2.2.7 and 2.4.3"],
  subject: "node",
  fix: "safe",

  *check({ configuration, addresses }) {
    if (configuration === undefined) return;
    const own = new Map(addresses.map((entry) => [entry.address, entry.site]));
    for (const { item, name } of configuration.instances) {
      const peers = all(item, "unicast_peer").flatMap(({ items }) => items);
      for (const peer of peers) {
        const at = own.get(canonicalAddress(peer.keyword.value));
        if (at === undefined) continue;
        yield {
          at: peer.keyword.site,
          message: `${peer.keyword.value} in unicast_peer of ${name.value} is this node's own address: it sends its adverts to itself`,
          notes: [{ message: "its own address", at }],
          // Without any peer the instance would fall back to multicast.
          fixes: peers.length < 2 ? [] : fixWith("Remove it", "safe", removeItem(configuration.source, peer)),
        };
      }
    }
  },
});
