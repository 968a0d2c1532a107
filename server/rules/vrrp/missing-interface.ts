import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-interface",
  summary: "A vrrp_instance without interface: only unicast with a source address can do without.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:2706", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3413"],
  subject: "vrrpInstance",

  *check({ item, name, unicastSource, unicastPeers }, { node }) {
    if (node.configuration === undefined || !lacks(node.configuration, item, "interface", "vrf")) return;
    if (unicastSource !== undefined) return;
    const unicast =
      unicastPeers.length > 0 ? "unicast needs unicast_src_ip or interface" : "keepalived does not know where to send adverts, and ends";
    yield { at: item.keyword.site, message: `vrrp_instance ${name.value} has no interface: ${unicast}` };
  },
});
