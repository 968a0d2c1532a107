import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-forwarding-method",
  summary: "A virtual_server without lb_kind is NAT, whatever the servers are prepared for.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1181"],
  subject: "virtualServer",

  *check(virtualServer, { node }) {
    const { item, realServers } = virtualServer;
    if (realServers.every(({ forwarding }) => forwarding !== undefined) || node.configuration === undefined) return;
    if (!lacks(node.configuration, item, "lb_kind", "lvs_method")) return;
    yield {
      at: item.keyword.site,
      message: `${blockTitle(item)} has no lb_kind: keepalived takes NAT, and answers must come back through this node`,
      notes: logNote(virtualServer),
    };
  },
});
