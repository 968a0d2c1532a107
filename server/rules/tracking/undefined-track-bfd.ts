import { undefinedReferences } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, placeOf, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "undefined-track-bfd",
  summary: "A tracked BFD session that no bfd_instance defines: keepalived ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:484"],
  subject: "configuration",

  *check(configuration) {
    for (const { name, item, nearest } of undefinedReferences(configuration, "bfd", ["track_bfd"]))
      yield {
        at: name.site,
        message: `${shown(name.value)} is tracked by ${placeOf(item.parent ?? item)}, and no bfd_instance has that name: nothing is tracked${didYouMean(nearest)}`,
      };
  },
});
