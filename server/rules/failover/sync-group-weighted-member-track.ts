import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { basePriority } from "../../model/node/defaults.ts";
import { trackerReader, type Tracker } from "../../model/node/tracking.ts";

export default defineRule({
  id: "sync-group-weighted-member-track",
  summary: "A weighted tracker of an instance in a sync group is dropped: it changes no priority and causes no failover.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4312",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4329",
    "measured: weight -60 on one member of a sync group, keepalived 2.2.7 and 2.4.3",
  ],
  subject: "configuration",

  *check(configuration) {
    const groups = configuration.groupsByInstance();
    const read = trackerReader(configuration);
    for (const instance of configuration.instances) {
      const group = groups.get(instance.name.value);
      // For the owner of the address the weights are dropped anyway, and told as that.
      if (group === undefined || group.trackingWeight !== undefined || basePriority(instance) === 255) continue;
      for (const tracker of read(instance)) {
        if (tracker.weight === undefined || tracker.weight === 0 || tracker.kind === "process") continue;
        yield {
          at: tracker.entry.name.site,
          message: `${shown(tracker.name)} with weight ${tracker.weight} in ${instance.name.value} ${effect(tracker)}, because of vrrp_sync_group ${shown(group.name.value)}`,
          notes: [
            { message: "the group", at: group.name.site },
            { message: "in the group's own track block a weight counts for all members; weight 0 moves the group through FAULT" },
          ],
        };
      }
    }
  },
});

/** An interface keeps being tracked, without its weight; so does a file whose weight is 1. */
const effect = ({ kind, weight }: Tracker): string =>
  kind === "interface" || (kind === "file" && weight === 1) ? "loses its weight: a failure means FAULT" : "is not tracked at all";
