import { undefinedReferences } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, placeOf, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "undefined-track-script",
  summary: "A tracked script that no vrrp_script defines: keepalived ignores the line, and nothing is checked.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:216"],
  subject: "configuration",

  *check(configuration) {
    for (const { name, item, nearest } of undefinedReferences(configuration, "script", ["track_script"]))
      yield {
        at: name.site,
        message: `${shown(name.value)} is tracked by ${placeOf(item.parent ?? item)}, and no vrrp_script has that name: nothing is checked${didYouMean(nearest)}`,
      };
  },
});
