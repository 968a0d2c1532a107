import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "unicast-src-without-peers",
  summary: "`unicast_src_ip` without `unicast_peer`: keepalived sends multicast after all.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3401"],
  subject: "vrrpInstance",

  *check({ item, name, unicastSource }, { node }) {
    if (unicastSource === undefined || node.configuration === undefined) return;
    if (!lacks(node.configuration, item, "unicast_peer", "unicast_fault_no_peer")) return;
    yield {
      at: unicastSource.site,
      message: `${name.value} has unicast_src_ip and no unicast_peer: keepalived sends multicast, which peers that expect unicast refuse`,
    };
  },
});
