import type { SymbolKind } from "../../../grammar/vocabulary/types.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import type { SymbolDefinition } from "../../model/node/symbols.ts";

/** Kinds of which the daemon skips the second; of the others references find the first. */
const skipped = new Set<SymbolKind>(["instance", "syncGroup", "trackGroup", "bfd"]);

export default defineRule({
  id: "duplicate-block-name",
  summary: "Two blocks of one kind with the same name: only the first counts.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:249", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:441"],
  subject: "configuration",

  *check({ symbols }) {
    const first = new Map<string, SymbolDefinition>();
    for (const definition of symbols.definitions) {
      const { kind, name, item } = definition;
      if (item.kind !== "block") continue;
      const key = `${kind} ${name.value}`;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, definition);
        continue;
      }
      yield {
        at: name.site,
        message: `${blockTitle(item)} is defined a second time: ${skipped.has(kind) ? "keepalived skips this block" : "whoever names it gets the first one"}`,
        notes: [{ message: "the first one", at: earlier.name.site }],
      };
    }
  },
});
