import { reckon } from "../../failover/reckon.ts";
import type { Rehearsal } from "../../failover/rehearse.ts";
import { blockedTrials, type Trial, trialsOf } from "../../failover/trials.ts";
import type { Edit, Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { placeKey, subtraction, trackedAs, weightSites } from "../../analysis/weights.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "nopreempt-blocks-weighted-failover",
  summary: "A backup with `nopreempt` never takes over from a live master whose weight lowered it: the failover is dead.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/nopreempt-against-weight", "test/observed/nopreempt-weight-0", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:2271"],
  subject: "cluster",
  fix: "review",

  *check(cluster, { rehearsals }) {
    for (const router of cluster.virtualRouters) {
      // Most routers have none, and are not played.
      if (router.members.every(({ instance }) => instance.nopreempt === undefined)) continue;
      const rehearsal = rehearsals.of(router);
      if (rehearsal === undefined) continue;
      const blocked = blockedTrials(rehearsal);
      const [first] = blocked;
      const nopreempt = first?.rival.instance.nopreempt;
      if (first === undefined || nopreempt === undefined) continue;
      const { master, rival, tracker } = first;
      yield {
        at: nopreempt.site,
        message: `nopreempt keeps ${rival.node.name} from taking ${rival.instance.name.value} over when ${shown(tracker.name)} fails on ${master.node.name}: ${reason(rehearsal, first)}`,
        notes: blocked.map((trial) => ({
          message: `${trackedAs(trial)} only lowers the priority of ${master.node.name}; with weight 0 it goes to FAULT, and ${rival.node.name} takes over`,
          at: trial.tracker.weightAt ?? trial.tracker.entry.name.site,
        })),
        fixes: fix(rehearsal, blocked),
        nodes: [master.node, rival.node],
      };
    }
  },
});

const reason = (rehearsal: Rehearsal, { master, tracker, rival }: Trial): string => {
  const wait = "a BACKUP with nopreempt waits until the master is silent";
  const asWritten = [...trialsOf(rehearsal, { nopreempt: "ignored" })].find((other) => other.tracker.entry === tracker.entry);
  if (asWritten === undefined || asWritten.after.master(master) === master) return `${wait}, whatever the weight`;
  const reckoning = reckon(rehearsal, asWritten);
  return `${subtraction(reckoning, asWritten.weight)} is below the ${reckoning.rival} of ${rival.node.name}, but ${wait}`;
};

/** Weight 0 wherever the weights are written. */
const fix = ({ members }: Rehearsal, blocked: readonly Trial[]): readonly Fix[] => {
  const edits = new Map<string, Edit>();
  for (const { tracker } of blocked) {
    const sites = weightSites(members, tracker);
    if (sites === undefined) return [];
    for (const at of sites) edits.set(placeKey(at), { at, replacement: "0" });
  }
  return [{ title: "Weight 0: fail over through FAULT", safety: "review", edits: [...edits.values()] }];
};
