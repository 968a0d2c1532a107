import { reckon } from "../../failover/reckon.ts";
import { trialsOf } from "../../failover/trials.ts";
import { defineRule } from "../../analysis/rule.ts";
import { placeKey, subtraction, tiedPriority, trackedAs } from "../../analysis/weights.ts";

export default defineRule({
  id: "split-weights-tie",
  summary: "A weight makes the failing node exactly equal to its peer: equal priorities preempt nobody, and the address stays.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/weight-tie", "test/observed/weight-enough"],
  subject: "cluster",

  *check(cluster, { rehearsals }) {
    const told = new Set<string>();
    for (const router of cluster.virtualRouters) {
      const rehearsal = rehearsals.of(router);
      if (rehearsal === undefined) continue;
      for (const trial of trialsOf(rehearsal, { nopreempt: "ignored" })) {
        const { master, tracker, weight, rival, after } = trial;
        const reckoning = reckon(rehearsal, trial);
        if (after.master(master) !== master || !tiedPriority(reckoning)) continue;
        // Equal priorities to begin with are told as that.
        if (rehearsal.settingsOf(master).priority === rehearsal.settingsOf(rival).priority) continue;
        const at = tracker.weightAt ?? tracker.entry.name.site;
        if (told.has(placeKey(at))) continue;
        told.add(placeKey(at));
        const { needed, failing } = reckoning;
        const sum = weight < 0 ? subtraction(reckoning, weight) : `${failing} without it`;
        yield {
          at,
          message: `${trackedAs(trial)} makes ${master.node.name} equal to ${rival.node.name} (${sum}), and a tie moves nothing: ${master.instance.name.value} stays on ${master.node.name}${needed === undefined ? "" : `; ${needed} would move it`}`,
          notes: [{ message: `${rival.node.name} has ${reckoning.rival}`, at: rival.instance.priority?.site ?? rival.instance.name.site }],
          nodes: [master.node, rival.node],
        };
      }
    }
  },
});
