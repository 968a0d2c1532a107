import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { isTemplate, lacksBrace } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-block-brace",
  summary: "A block keyword without its `{`: keepalived reads the content in the wrong place.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3165"],
  subject: "item",
  fix: "safe",

  *check(item, { node }) {
    const open = item.kind === "block" && item.open === undefined;
    if ((!lacksBrace(item) && !open) || node.configuration === undefined || isTemplate(node.configuration)) return;
    const last = item.args.at(-1) ?? item.keyword;
    yield {
      at: item.keyword.site,
      message: `${blockTitle(item)} opens a block, and its { is missing`,
      // At top level the content is read all the same; deeper down a } too many is left over, so that the fix changes more.
      fixes: last.literal ? fixWith("Add the {", open ? "safe" : "review", [insertAt(last.site.file, last.site.span.end, " {")]) : [],
    };
  },
});
