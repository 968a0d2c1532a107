import { undefinedReferences } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, placeOf, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "undefined-track-file",
  summary: "A tracked file that no track_file defines: keepalived ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/trackers/track_file.c:195"],
  subject: "configuration",

  *check(configuration) {
    for (const { name, item, nearest } of undefinedReferences(configuration, "trackFile", ["track_file", "vrrp_track_file", "FILE_CHECK"]))
      yield {
        at: name.site,
        message: `${shown(name.value)} is tracked by ${placeOf(item.parent ?? item)}, and no track_file has that name: nothing is tracked${didYouMean(nearest)}`,
      };
  },
});
