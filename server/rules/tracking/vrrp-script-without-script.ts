import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "vrrp-script-without-script",
  summary: "A vrrp_script without a command: keepalived removes it, and whoever tracks it tracks nothing.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1831"],
  subject: "vrrpScript",

  *check({ item, name }, { node }) {
    const statement = one(item, "script");
    const empty = statement?.args[0]?.value.trim() === "";
    if (node.configuration === undefined || !(empty || lacks(node.configuration, item, "script"))) return;
    yield {
      at: (statement ?? item).keyword.site,
      message: `vrrp_script ${name.value} has no command: keepalived removes it, and nothing is checked`,
    };
  },
});
