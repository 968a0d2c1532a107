import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { basePriority } from "../../model/node/defaults.ts";
import type { SyncGroup, VrrpInstance } from "../../model/node/model.ts";

export default defineRule({
  id: "sync-group-mixed-owner",
  summary: "A sync group in which only some members have priority 255: the owners want to be master at once, the others wait.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_sync.c:80", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3297"],
  subject: "configuration",

  *check(configuration) {
    const groups = configuration.groupsByInstance();
    const byGroup = new Map<SyncGroup, VrrpInstance[]>();
    for (const instance of configuration.instances) {
      const group = groups.get(instance.name.value);
      const members = group === undefined ? undefined : byGroup.get(group);
      if (members !== undefined) members.push(instance);
      else if (group !== undefined) byGroup.set(group, [instance]);
    }
    for (const [group, members] of byGroup) {
      const priorities = members.map((instance) => ({ instance, priority: basePriority(instance) }));
      if (priorities.some(({ priority }) => priority === undefined)) continue;
      const owner = priorities.find(({ priority }) => priority === 255)?.instance;
      const other = priorities.find(({ priority }) => priority !== 255)?.instance;
      if (owner === undefined || other === undefined) continue;
      // The daemon itself says so only where the states are written.
      const written = owner.state?.value === "MASTER" && other.state?.value === "BACKUP";
      yield {
        severity: written ? "error" : "warning",
        at: owner.priority?.site ?? owner.name.site,
        message: `${owner.name.value} has priority 255 and ${other.name.value} has not, in one vrrp_sync_group ${shown(group.name.value)}: they cannot move together`,
        notes: [
          { message: "the group that holds both", at: group.name.site },
          { message: `${other.name.value} has ${basePriority(other) ?? 100}`, at: other.priority?.site ?? other.name.site },
        ],
      };
    }
  },
});
