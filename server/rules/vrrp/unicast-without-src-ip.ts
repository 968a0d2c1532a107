import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "unicast-without-src-ip",
  summary: "Unicast without `unicast_src_ip`: adverts come from the interface's first address, which may not be the one peers list.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:1326"],
  subject: "vrrpInstance",

  *check({ item, name, unicastPeers, interface: device }, { node }) {
    const [block] = all(item, "unicast_peer");
    if (block === undefined || unicastPeers.length === 0 || node.configuration === undefined) return;
    if (!lacks(node.configuration, item, "unicast_src_ip", "mcast_src_ip")) return;
    yield {
      at: block.keyword.site,
      message: `${name.value} has unicast peers and no unicast_src_ip: the adverts leave from the first address of ${device?.value ?? "its interface"}, whichever that is`,
    };
  },
});
