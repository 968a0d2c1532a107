import { hasPeers } from "../../model/cluster/peerless.ts";
import { countedTrackers } from "../../model/node/counted.ts";
import { defineRule } from "../../analysis/rule.ts";
import { placeKey } from "../../analysis/weights.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "positive-weight-never-below-base",
  summary: "A positive weight is a bonus while the check is fine: a failure leaves the written priority, and never less.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/weight-positive"],
  subject: "configuration",

  *check(configuration, { cluster, node }) {
    // With known peers it is worked out whether that is enough.
    if (hasPeers(cluster, node)) return;
    const told = new Set<string>();
    for (const { name, weight, weightAt, entry, instance, priority } of countedTrackers(configuration)) {
      const at = weightAt ?? entry.name.site;
      // Up to 5 it is told as too small.
      if (weight <= 5 || told.has(placeKey(at))) continue;
      told.add(placeKey(at));
      const fine = Math.min(254, priority + weight);
      yield {
        at,
        message:
          fine === priority
            ? `${shown(name)} with weight ${weight} changes nothing: ${instance.name.value} has ${priority} already, which is the most`
            : `${shown(name)} with weight ${weight} adds to the priority while it is fine: ${instance.name.value} has ${fine} then and ${priority} when it fails, so a peer takes over only with more than ${priority}`,
      };
    }
  },
});
