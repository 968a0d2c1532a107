import { reckon, type Reckoning } from "../../failover/reckon.ts";
import { staysWith, type Trial, trialsOf } from "../../failover/trials.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { placeKey, subtraction, tiedPriority, trackedAs, weightSites } from "../../analysis/weights.ts";
import { counted } from "../../analysis/wording.ts";

export default defineRule({
  id: "weight-too-small-for-failover",
  summary: "A weight is smaller than the distance of the priorities: when the check fails, the address stays on the failed node.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/weight-below-gap", "test/observed/weight-positive", "keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:583"],
  subject: "cluster",
  fix: "review",

  *check(cluster, { rehearsals }) {
    const told = new Set<string>();
    for (const router of cluster.virtualRouters) {
      const rehearsal = rehearsals.of(router);
      if (rehearsal === undefined) continue;
      const trials = [...trialsOf(rehearsal, { nopreempt: "ignored" })];
      for (const trial of trials) {
        const { master, tracker, rival, after } = trial;
        const reckoning = reckon(rehearsal, trial);
        if (after.master(master) !== master || reckoning.failing < reckoning.rival || tiedPriority(reckoning)) continue;
        const at = tracker.weightAt ?? tracker.entry.name.site;
        // One weight of one definition, whatever number of instances track it.
        if (told.has(placeKey(at))) continue;
        told.add(placeKey(at));
        const fellows = trials.filter(({ weight }) => weight < 0).map((other) => other.tracker);
        const together = fellows.length > 1 && !staysWith(rehearsal, master, fellows, { nopreempt: "ignored" });
        yield {
          at,
          severity: together ? "warning" : "error",
          message: `${trackedAs(trial)} never moves ${master.instance.name.value} from ${master.node.name}: ${reason(trial, reckoning)}`,
          notes: [
            {
              message: `${rival.node.name} has ${reckoning.rival}`,
              at: rival.instance.priority?.site ?? rival.instance.name.site,
            },
            ...(together ? [{ message: `only all ${counted(fellows.length, "check")} failing together do` }] : []),
          ],
          fixes: fix(trial, reckoning),
          nodes: [master.node, rival.node],
        };
      }
    }
  },
});

const reason = (trial: Trial, reckoning: Reckoning): string => {
  const { rival, weight, master } = trial;
  const { failing, needed, negative, rivalBonus } = reckoning;
  const theirs = rivalBonus === 0 ? `${reckoning.rival}` : `${reckoning.rival} (${reckoning.rival - rivalBonus} + ${rivalBonus})`;
  const least = reckoning.rival === 1 ? ", and nothing falls below 1" : "";
  const enough = needed === undefined ? least : `; at least ${needed} is needed${weight > 0 ? " on both" : ""}`;
  if (weight < 0) return `${subtraction(reckoning, weight)} is still above ${theirs} of ${rival.node.name}${enough}`;
  const left = `without it ${master.node.name} has ${failing}, still above ${theirs} of ${rival.node.name}`;
  const instead = negative === undefined ? "" : `; a negative weight, -${negative} or less, would move it`;
  return rivalBonus > 0 ? `${left}${needed === undefined ? instead : enough}` : `${left}, which the weight does not lift${instead}`;
};

/** The same weight wherever the tracker is weighted for this router, so that the nodes stay alike. */
const fix = ({ master, tracker, weight, rival }: Trial, { needed }: Reckoning): readonly Fix[] => {
  if (needed === undefined) return [];
  const sites = weightSites([master, rival], tracker, weight);
  if (sites === undefined) return [];
  const replacement = String(weight < 0 ? -needed : needed);
  return [{ title: `Weight ${replacement}`, safety: "review", edits: sites.map((at) => ({ at, replacement })) }];
};
