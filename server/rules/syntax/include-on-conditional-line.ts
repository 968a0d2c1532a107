import { defineRule } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "include-on-conditional-line",
  summary: "An include behind an `@id`, a definition or a brace: keepalived reads its files twice from 2.2.0 on.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2829", "keepalived v2.4.3 lib/parser.c:2565"],
  subject: "configuration",

  *check({ expansion: { includes } }, given) {
    if (!isFrom(given, "2.2.0")) return;
    for (const { variant, pattern, site, matches, readTwice } of includes) {
      // What is not there is not read twice.
      if (!readTwice || matches.files.length === 0) continue;
      yield {
        at: site,
        message: `${variant} ${shown(pattern)} does not begin its line: keepalived reads the files twice, and blocks in them are duplicates`,
        notes: [{ message: "put the @id on the lines of the included file, or on a definition that holds the file's name" }],
      };
    }
  },
});
