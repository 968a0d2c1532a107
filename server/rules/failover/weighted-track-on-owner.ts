import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { basePriority } from "../../model/node/defaults.ts";
import { trackerReader } from "../../model/node/tracking.ts";

export default defineRule({
  id: "weighted-track-on-owner",
  summary: "With priority 255 weighted trackers are dropped: the owner of the address keeps it whatever fails.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4304",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4499",
    "measured: priority 255 with a weighted check, keepalived 2.2.7 and 2.4.3",
  ],
  subject: "configuration",

  *check(configuration) {
    const groups = configuration.groupsByInstance();
    const read = trackerReader(configuration);
    const told = new Set<string>();
    for (const instance of configuration.instances) {
      // state MASTER without priority is the cause then, and told as that.
      if (instance.priority === undefined || basePriority(instance) !== 255) continue;
      const group = groups.get(instance.name.value);
      const shared = group === undefined || told.has(group.name.value) ? [] : read(group);
      if (group !== undefined) told.add(group.name.value);
      for (const { name, kind, weight, entry } of [...read(instance), ...shared]) {
        if (weight === undefined || weight === 0 || (kind === "process" && !shared.some((tracker) => tracker.entry === entry))) continue;
        yield {
          at: entry.name.site,
          message: `${shown(name)} with weight ${weight} is dropped: ${instance.name.value} has priority 255, which no weight changes`,
          notes: [{ message: "its priority", at: instance.priority.site }],
        };
      }
    }
  },
});
