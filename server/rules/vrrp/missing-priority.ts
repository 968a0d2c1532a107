import { defineRule } from "../../analysis/rule.ts";
import { initialState } from "../../model/node/defaults.ts";
import { lacks } from "../../model/node/lost.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "missing-priority",
  summary: "An instance without `priority` gets 100: nobody sees in the file which node is meant to be master.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3307"],
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { item, name } = instance;
    // state MASTER without priority is graver, and told as that; a state nobody can know decides it too.
    if (node.configuration === undefined || initialState(instance) !== "BACKUP") return;
    if (!lacks(node.configuration, item, "priority") || one(item, "virtual_router_id") === undefined) return;
    yield { at: name.site, message: `${name.value} has no priority: keepalived gives it 100` };
  },
});
