import { hasPeers } from "../../model/cluster/peerless.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { effectiveNopreempt } from "../../model/node/defaults.ts";
import { trackerReader, type Tracker } from "../../model/node/tracking.ts";

export default defineRule({
  id: "nopreempt-with-weighted-track",
  summary: "A node with `nopreempt` never takes over from a live master, however far weights lower the master's priority.",
  severity: "info",
  since: "0.1.0",
  sources: ["measured: nopreempt on the backup and a failing check with weight -60 on the master, keepalived 2.2.7 and 2.4.3"],
  subject: "configuration",
  fix: "review",

  *check(configuration, { cluster, node }) {
    // With known peers it can be worked out who takes over from whom.
    if (hasPeers(cluster, node)) return;
    const groups = configuration.groupsByInstance();
    const read = trackerReader(configuration);
    for (const instance of configuration.instances) {
      const { name, nopreempt } = instance;
      if (nopreempt === undefined || effectiveNopreempt(configuration, instance) !== true) continue;
      const group = groups.get(name.value);
      // In a group without sync_group_tracking_weight the weights of members are dropped, and told as that.
      const own = group === undefined || group.trackingWeight?.value === true ? read(instance) : [];
      const weighted = [...own, ...(group === undefined ? [] : read(group))].filter(({ weight }) => weight !== undefined && weight !== 0);
      const [first] = weighted;
      if (first === undefined) continue;
      yield {
        at: nopreempt.site,
        message: `nopreempt keeps this node's ${name.value} from taking over when the weight of ${shown(first.name)} lowers the master's priority`,
        notes: weighted.map((tracker) => ({ message: noteOf(tracker), at: tracker.weightAt ?? tracker.entry.name.site })),
        fixes: fix(weighted),
      };
    }
  },
});

const noteOf = ({ name, weight }: Tracker): string =>
  `${shown(name)} has weight ${weight}; with weight 0 the master goes to FAULT, and this node takes over`;

/** Weight 0 wherever the weights are written; a definition that several use is written once. */
const fix = (weighted: readonly Tracker[]) => {
  const sites = weighted.map(({ weightAt }) => weightAt);
  const written = sites.filter((site) => site !== undefined && site.via === undefined);
  if (written.length !== sites.length) return [];
  const unique = [...new Map(written.map((site) => [`${site!.file}:${site!.span.start}`, site!])).values()];
  return [{ title: "Weight 0: fail over through FAULT", safety: "review" as const, edits: unique.map((at) => ({ at, replacement: "0" })) }];
};
