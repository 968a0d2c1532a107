import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { basePriority, effectiveAuthentication, familyOf } from "../../model/node/defaults.ts";

export default defineRule({
  id: "auth-ah-with-master-state",
  summary: "With AH authentication an instance cannot start as MASTER: keepalived starts it as BACKUP.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3345"],
  subject: "vrrpInstance",
  fix: "safe",

  *check(instance, { node }) {
    const { state, name, authentication } = instance;
    if (state?.value !== "MASTER" || node.configuration === undefined || familyOf(instance) !== 4) return;
    const priority = basePriority(instance);
    if (effectiveAuthentication(node.configuration, instance).kind !== "AH" || priority === undefined || priority === 255) return;
    yield {
      at: state.site,
      message: `state MASTER of ${name.value} is dropped: with auth_type AH an instance starts as BACKUP`,
      notes: authentication?.type === undefined ? [] : [{ message: "AH is set here", at: authentication.type.site }],
      fixes:
        state.site.via === undefined
          ? fixWith("Write BACKUP, as keepalived takes it", "safe", [{ at: state.site, replacement: "BACKUP" }])
          : [],
    };
  },
});
