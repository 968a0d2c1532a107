import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { basePriority, initialState } from "../../model/node/defaults.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "preempt-delay-with-nopreempt",
  summary: "`preempt_delay` is dropped beside `nopreempt`: a node that never preempts has nothing to delay.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3567"],
  subject: "vrrpInstance",
  fix: "safe",

  *check(instance, { node }) {
    const { name, nopreempt, preemptDelay, item } = instance;
    if (nopreempt?.value !== true || preemptDelay?.value === undefined || preemptDelay.value === 0) return;
    // With MASTER or priority 255 nopreempt itself is dropped first.
    const priority = basePriority(instance);
    if (initialState(instance) !== "BACKUP" || priority === undefined || priority === 255 || node.configuration === undefined) return;
    const line = one(item, "preempt_delay");
    yield {
      at: preemptDelay.site,
      message: `preempt_delay in ${name.value} has no effect: nopreempt keeps the node from preempting at all`,
      notes: [{ message: "nopreempt is set here", at: nopreempt.site }],
      fixes: line === undefined ? [] : fixWith("Remove preempt_delay", "safe", removeItem(node.configuration.source, line)),
    };
  },
});
