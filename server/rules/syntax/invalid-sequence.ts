import { defineRule } from "../../analysis/rule.ts";
import { walkItems } from "../../model/node/items.ts";
import { isUnreadSequence } from "../../model/node/lost.ts";

export default defineRule({
  id: "invalid-sequence",
  summary: "A `~SEQ` or `~LST` line that keepalived cannot read: it drops the line.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:1416",
    "keepalived v2.4.3 lib/parser.c:1550",
    "measured: a ~SEQ that a definition brings in makes lines with 2.2.7, and none with 2.4.3",
    "measured: with 2.2.7 the sequence behind an invalid ~LST makes no lines",
  ],
  subject: "configuration",

  *check({ expansion, tree }) {
    for (const { kind, site, detail } of expansion.problems) {
      if (kind === "sequence-invalid") yield { at: site, message: `keepalived drops this line: ${detail}` };
      if (kind === "sequence-lost")
        yield { at: site, message: `keepalived never runs this ${detail}: it counts wrongly after an invalid ~LST before it` };
    }
    for (const item of walkItems(tree.items)) {
      if (!isUnreadSequence(item)) continue;
      const { value, site } = item.keyword;
      yield {
        at: site,
        message: `$${site.via?.name ?? ""} brings in a ${/^~[A-Za-z]+/u.exec(value)?.[0] ?? "sequence"}, which keepalived looks for only where it stands in the file itself: it makes no lines`,
        notes: [{ message: "2.2.7 still read it; write the sequence where the lines are wanted" }],
      };
    }
  },
});
