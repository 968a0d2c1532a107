import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "sync-group-member-in-two-groups",
  summary: "An instance can be in one sync group only: the second group goes without it.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_sync.c:70"],
  subject: "configuration",

  *check(configuration) {
    const groups = configuration.groupsByInstance();
    for (const group of configuration.syncGroups) {
      const here = group.members.filter(({ value }) => groups.get(value ?? "") === group).length;
      const seen = new Set<string>();
      for (const member of group.members) {
        const { value, site } = member;
        const first = groups.get(value ?? "");
        if (value === undefined || first === undefined) continue;
        const twice = seen.has(value);
        seen.add(value);
        if (first === group && !twice) continue;
        yield {
          at: site,
          message:
            first === group
              ? `${shown(value)} is listed twice in vrrp_sync_group ${shown(group.name.value)}: keepalived ignores the second one`
              : `${shown(value)} is in vrrp_sync_group ${shown(first.name.value)} already: ${shown(group.name.value)} ${here === 0 ? "is left without members, and removed" : "goes without it"}`,
          notes: [{ message: "the group it is in", at: first.members.find((other) => other.value === value)?.site ?? first.name.site }],
        };
      }
    }
  },
});
