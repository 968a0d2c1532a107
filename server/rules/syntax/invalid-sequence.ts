import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "invalid-sequence",
  summary: "A `~SEQ` or `~LST` line that keepalived cannot read: it drops the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1416", "keepalived v2.4.3 lib/parser.c:1550"],
  subject: "configuration",

  *check({ expansion }) {
    for (const { kind, site, detail } of expansion.problems)
      if (kind === "sequence-invalid") yield { at: site, message: `keepalived drops this line: ${detail}` };
  },
});
