import { defineRule } from "../../analysis/rule.ts";
import { initialState, isStrict } from "../../model/node/defaults.ts";

export default defineRule({
  id: "preempt-delay-with-master-state",
  summary: "`preempt_delay` is dropped when the instance starts as MASTER.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3553"],
  subject: "vrrpInstance",
  fix: "review",

  *check(instance, { node }) {
    const { name, state, priority, preemptDelay } = instance;
    if (preemptDelay?.value === undefined || preemptDelay.value === 0 || initialState(instance) !== "MASTER") return;
    // Strict mode turns MASTER into BACKUP first, and has its own objection to preempt_delay.
    if (node.configuration === undefined || isStrict(node.configuration, instance) !== false) return;
    const because = state ?? priority;
    yield {
      at: preemptDelay.site,
      message: `preempt_delay in ${name.value} has no effect: keepalived clears it when the initial state is MASTER`,
      notes:
        because === undefined
          ? []
          : [{ message: state === undefined ? "priority 255 starts as MASTER" : "initial state set here", at: because.site }],
      fixes:
        state === undefined ? [] : [{ title: "Start as BACKUP", safety: "review", edits: [{ at: state.site, replacement: "BACKUP" }] }],
    };
  },
});
