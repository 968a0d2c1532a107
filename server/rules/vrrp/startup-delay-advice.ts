import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";
import { effectiveNopreempt } from "../../model/node/defaults.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "startup-delay-advice",
  summary: "Nodes with `nopreempt` race at boot: `vrrp_startup_delay` lets the network come up before the election.",
  severity: "info",
  since: "0.1.0",
  sources: ["measured: vrrp_startup_delay 5, keepalived 2.2.7 and 2.4.3"],
  off: true,
  subject: "configuration",

  *check(configuration) {
    const { instances, tree } = configuration;
    if (isTemplate(configuration) || hasUnreadIncludes(configuration)) return;
    const racing = instances.filter((instance) => effectiveNopreempt(configuration, instance) === true);
    const first = racing[0]?.nopreempt;
    const globals = tree.items.filter(({ keyword }) => keyword.value === "global_defs").flatMap(({ items }) => items);
    if (first === undefined || globals.some(({ keyword }) => keyword.value === "vrrp_startup_delay")) return;
    yield {
      at: first.site,
      message: `${list(racing.map(({ name }) => name.value))} ${racing.length === 1 ? "keeps" : "keep"} whoever is first at boot, and there is no vrrp_startup_delay: a node whose network comes up late becomes a second master`,
    };
  },
});
