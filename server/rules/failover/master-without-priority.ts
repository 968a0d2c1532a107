import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "master-without-priority",
  summary: "`state MASTER` without `priority` means 255, the owner of the address: weights and nopreempt are ignored.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3303",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3536",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4386",
  ],
  subject: "vrrpInstance",
  fix: "review",

  *check({ name, state, item }, { node }) {
    const { configuration } = node;
    if (state?.value !== "MASTER" || configuration === undefined || !lacks(configuration, item, "priority")) return;
    const indentation = configuration.source.indentation(item.items[0]?.site ?? state.site);
    const line = insertAt(state.site.file, state.site.span.end, `\n${indentation ?? ""}priority 150`);
    yield {
      at: state.site,
      message: `${name.value} has state MASTER and no priority: keepalived gives it 255, and ignores tracking weights and nopreempt`,
      notes: [{ message: "255 stands for the owner of the address, who takes it back from everybody" }],
      fixes: indentation === undefined || state.site.via !== undefined ? [] : fixWith("Add priority 150", "review", [line]),
    };
  },
});
