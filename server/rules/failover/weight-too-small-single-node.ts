import { hasPeers } from "../../model/cluster/peerless.ts";
import { countedTrackers } from "../../model/node/counted.ts";
import { defineRule } from "../../analysis/rule.ts";
import { placeKey } from "../../analysis/weights.ts";
import { shown } from "../../analysis/wording.ts";

/** Priorities of peers mostly differ by 10 or more. */
const SMALL = 5;

export default defineRule({
  id: "weight-too-small-single-node",
  summary: "A weight of 5 or less, on a node whose peers are not known: priorities of peers mostly differ by more.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/weight-below-gap", "test/observed/weight-positive"],
  subject: "configuration",

  *check(configuration, { cluster, node }) {
    // With known peers it is worked out.
    if (hasPeers(cluster, node)) return;
    const told = new Set<string>();
    for (const { name, weight, weightAt, entry, instance, priority } of countedTrackers(configuration)) {
      const size = Math.abs(weight);
      const at = weightAt ?? entry.name.site;
      if (size > SMALL || told.has(placeKey(at))) continue;
      told.add(placeKey(at));
      const when = size === 1 ? "against no peer" : `only against a peer that is at most ${size - 1} below ${priority}`;
      yield {
        at,
        message: `${shown(name)} with weight ${weight} is enough ${when}: ${instance.name.value} stays on this node when it fails, unless its peers, which are not known here, are that near`,
      };
    }
  },
});
