import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "include-cycle",
  summary: "A file that includes itself: keepalived reads it again and again until it runs out of open files.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1822", "measured: a file that includes itself is read about 1,000 times"],
  subject: "configuration",

  *check({ expansion }) {
    for (const { kind, site, detail, files = [] } of expansion.problems) {
      if (kind !== "include-cycle") continue;
      const way = files.length < 2 ? "" : ` by way of ${files.slice(1, 5).map(shown).join(", ")}${files.length > 5 ? ", …" : ""}`;
      yield {
        at: site,
        message: `${shown(detail)} includes itself${way}: keepalived reads it about 1,000 times, until it may open no more files`,
        notes: [{ message: "every block in it is read as often: all but the first are duplicates" }],
      };
    }
  },
});
