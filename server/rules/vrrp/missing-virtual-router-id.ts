import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-virtual-router-id",
  summary: "A vrrp_instance without virtual_router_id: keepalived ends at this point of the configuration.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:2702"],
  subject: "vrrpInstance",

  *check({ item, name }, { node }) {
    if (node.configuration === undefined || !lacks(node.configuration, item, "virtual_router_id")) return;
    yield { at: item.keyword.site, message: `vrrp_instance ${name.value} has no virtual_router_id: keepalived refuses it and ends` };
  },
});
