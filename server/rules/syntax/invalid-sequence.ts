import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "invalid-sequence",
  summary: "A `~SEQ` or `~LST` line that keepalived cannot read: it drops the line.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:1416",
    "keepalived v2.4.3 lib/parser.c:1550",
    "measured: with 2.2.7 the sequence behind an invalid ~LST makes no lines",
  ],
  subject: "configuration",

  *check({ expansion }) {
    for (const { kind, site, detail } of expansion.problems) {
      if (kind === "sequence-invalid") yield { at: site, message: `keepalived drops this line: ${detail}` };
      if (kind === "sequence-lost")
        yield { at: site, message: `keepalived never runs this ${detail}: it counts wrongly after an invalid ~LST before it` };
    }
  },
});
