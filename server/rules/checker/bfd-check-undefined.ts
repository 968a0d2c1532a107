import { undefinedReferences } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, placeOf, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "bfd-check-undefined",
  summary: "A BFD_CHECK names a bfd_instance that is not there: keepalived drops the checker.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_bfd.c:166"],
  subject: "configuration",

  *check(configuration) {
    for (const { name, item, nearest } of undefinedReferences(configuration, "bfd", ["BFD_CHECK"]))
      yield {
        at: name.site,
        message: `${shown(name.value)} of ${placeOf(item.parent ?? item)} is no bfd_instance: keepalived drops the checker${didYouMean(nearest)}`,
      };
  },
});
