import { undefinedReferences } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, placeOf, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "undefined-track-process",
  summary: "A tracked process that no vrrp_track_process defines: keepalived ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:338"],
  subject: "configuration",

  *check(configuration) {
    for (const { name, item, nearest } of undefinedReferences(configuration, "trackProcess", ["track_process"]))
      yield {
        at: name.site,
        message: `${shown(name.value)} is tracked by ${placeOf(item.parent ?? item)}, and no vrrp_track_process has that name: nothing is tracked${didYouMean(nearest)}`,
      };
  },
});
