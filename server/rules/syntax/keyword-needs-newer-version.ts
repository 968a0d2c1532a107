import type { Keyword, Version } from "../../../grammar/vocabulary/types.ts";
import { isTooNew, whyUnknown } from "../../analysis/keywords.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { isSwallowed } from "../../model/node/lost.ts";

export default defineRule({
  id: "keyword-needs-newer-version",
  summary: "A word that the targeted keepalived does not know yet: it ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.2.7 lib/parser.c:3098", "keepalived v2.4.3 lib/parser.c:3239"],
  subject: "item",

  *check(item, { version }) {
    const { entry, keyword, context } = item;
    if (context === undefined || isSwallowed(item) || insideNewer(item, version)) return;
    if (entry === undefined) {
      const why = whyUnknown(keyword.value, version);
      if (why.kind === "too-new") yield told(why.row, keyword, version);
      return;
    }
    if (!isListLine(item)) {
      if (isTooNew(entry, version)) yield told(entry, keyword, version);
      return;
    }
    const words = new Map(argumentsOf(item).values.map(({ row, name }) => [name, row]));
    for (const [name, row] of words) if (isTooNew(row, version)) yield told(row, name, version);
  },
});

const told = (row: Keyword, word: ConfigWord, version: Version): RuleFinding => ({
  at: word.site,
  message: `${word.value} needs keepalived ${row.since ?? ""}: ${version} does not know it`,
});

/** What stands in a block that is too new is not told again. */
const insideNewer = ({ parent }: ConfigItem, version: Version): boolean =>
  parent !== undefined && ((parent.entry !== undefined && isTooNew(parent.entry, version)) || insideNewer(parent, version));
