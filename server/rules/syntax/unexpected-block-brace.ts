import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { isListLine } from "../../model/node/arguments.ts";
import { walkItems } from "../../model/node/items.ts";
import { isPlaceholder, isTemplate } from "../../model/node/lost.ts";
import { secondOnLine } from "../../model/node/second.ts";

export default defineRule({
  id: "unexpected-block-brace",
  summary: "A `{` where no block begins: its `}` then ends the block around.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3168"],
  subject: "configuration",

  *check(configuration) {
    if (isTemplate(configuration)) return;
    for (const { kind, site, detail } of configuration.tree.problems) {
      if (kind === "unexpected-open") yield { at: site, message: "this { opens nothing: no block keyword stands before it" };
      if (kind === "quoted-brace")
        yield { at: site, message: `"${detail}" is a brace to keepalived in spite of its quotes: a word must hold more than that` };
    }
    for (const item of walkItems(configuration.tree.items)) {
      if (
        item.kind !== "block" ||
        item.open === undefined ||
        (item.entry?.kind !== "statement" && item.entry?.kind !== "entry-option") ||
        isPlaceholder(item) ||
        secondOnLine(item) !== undefined
      )
        continue;
      yield {
        at: item.open,
        message: `${shown(item.keyword.value)} takes no block: keepalived ignores the { and lets its } end ${item.parent?.keyword.value ?? "nothing"}`,
        notes:
          isListLine(item) && item.items.length > 0
            ? [{ message: "the options of an entry stand behind it on its line", at: item.items[0]!.keyword.site }]
            : [],
      };
    }
  },
});
