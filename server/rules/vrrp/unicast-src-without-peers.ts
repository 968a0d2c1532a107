import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "unicast-src-without-peers",
  summary: "A keyword of unicast without `unicast_peer`: keepalived sends multicast after all.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3401", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:802"],
  subject: "vrrpInstance",

  *check({ item, name, unicastSource }, { node }) {
    const other = one(item, "check_unicast_src", "old_unicast_checksum");
    const [at, word] = unicastSource === undefined ? [other?.keyword.site, other?.keyword.value] : [unicastSource.site, "unicast_src_ip"];
    if (at === undefined || node.configuration === undefined) return;
    if (!lacks(node.configuration, item, "unicast_peer", "unicast_fault_no_peer")) return;
    yield {
      at,
      message: `${name.value} has ${word} and no unicast_peer: keepalived sends multicast, which peers that expect unicast refuse`,
    };
  },
});
