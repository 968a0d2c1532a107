import { isStrict } from "../../model/node/defaults.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";

export default defineRule({
  id: "nopreempt-with-master-state",
  summary: "`nopreempt` is dropped when the instance starts as MASTER.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "test/observed/master-nopreempt",
    "test/observed/master-nopreempt-strict",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3546",
    "keepalived v1.3.5 keepalived/vrrp/vrrp.c:2110",
  ],
  seen: {
    log: ["nopreempt will not work with initial state MASTER"],
    metrics: [["become_master", "rises on this node whenever it comes back"]],
  },
  subject: "vrrpInstance",
  fix: "review",

  *check(instance, given) {
    const { node } = given;
    const { name, state, nopreempt } = instance;
    if (nopreempt?.value !== true || state?.value !== "MASTER") return;
    // Strict mode turns MASTER into BACKUP before nopreempt is looked at, so there it works.
    if (node.configuration === undefined || isStrict(node.configuration, instance) !== false) return;
    const { via } = state.site;
    yield {
      at: nopreempt.site,
      message: isFrom(given, "2.0.0")
        ? `nopreempt in ${name.value} has no effect: keepalived clears it when the initial state is MASTER`
        : `nopreempt in ${name.value} does not hold when keepalived starts: with initial state MASTER, ${given.version} takes the addresses at once`,
      notes: [
        { message: "initial state set here", at: state.site },
        ...(via?.site === undefined ? [] : [{ message: "and defined here", at: via.site }]),
      ],
      // What a definition says, it says for other places too.
      fixes: via === undefined ? [{ title: "Start as BACKUP", safety: "review", edits: [{ at: state.site, replacement: "BACKUP" }] }] : [],
    };
  },
});
