import { defineRule } from "../../analysis/rule.ts";
import { isStrict } from "../../model/node/defaults.ts";

export default defineRule({
  id: "nopreempt-with-priority-255",
  summary: "`nopreempt` is dropped with priority 255: the owner of an address always takes it back.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3536"],
  seen: { log: ["nopreempt is incompatible with priority 255"], metrics: [["become_master", "rises on this node whenever it comes back"]] },
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { name, nopreempt, priority, state } = instance;
    if (nopreempt?.value !== true || priority?.value !== 255 || node.configuration === undefined) return;
    // With state MASTER that is told already.
    if (state !== undefined && state.value !== "BACKUP" && isStrict(node.configuration, instance) === false) return;
    yield {
      at: nopreempt.site,
      message: `nopreempt in ${name.value} has no effect: keepalived resets it for priority 255`,
      notes: [{ message: "priority set here; 254 is the highest that may stand back", at: priority.site }],
    };
  },
});
