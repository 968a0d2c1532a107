import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { trackerReader } from "../../model/node/tracking.ts";

export default defineRule({
  id: "sync-group-weight-on-one-member",
  summary: "A weight on some members of a sync group never moves the group: the other members keep their priority.",
  severity: "error",
  since: "0.1.0",
  sources: ["measured: sync_group_tracking_weight and a failing check of one member, keepalived 2.2.7 and 2.4.3"],
  subject: "configuration",

  *check(configuration) {
    const groups = configuration.groupsByInstance();
    const read = trackerReader(configuration);
    for (const group of configuration.syncGroups) {
      // Without it the weights are dropped, and told as that.
      if (group.trackingWeight?.value !== true) continue;
      const members = configuration.instances.filter(({ name }) => groups.get(name.value) === group);
      const common = new Set(read(group).map(({ kind, name }) => `${kind} ${name}`));
      const tracked = members.map((instance) => ({ instance, trackers: read(instance) }));
      const counts = new Map<string, number>();
      for (const { trackers } of tracked)
        for (const key of new Set(trackers.map(({ kind, name }) => `${kind} ${name}`))) counts.set(key, (counts.get(key) ?? 0) + 1);
      for (const { instance, trackers } of tracked) {
        for (const { kind, name, weight, entry } of trackers) {
          const key = `${kind} ${name}`;
          if (weight === undefined || weight === 0 || common.has(key) || counts.get(key) === members.length) continue;
          const without = tracked.find((other) => !other.trackers.some((tracker) => `${tracker.kind} ${tracker.name}` === key))?.instance;
          if (without === undefined) continue;
          yield {
            at: entry.name.site,
            message: `${shown(name)} lowers ${instance.name.value} only: ${without.name.value} keeps its priority, and vrrp_sync_group ${shown(group.name.value)} stays where it is`,
            notes: [{ message: `${without.name.value} does not track it`, at: without.name.site }],
          };
        }
      }
    }
  },
});
