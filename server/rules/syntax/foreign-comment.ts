import { foreignCommentIn } from "../../analysis/characters.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { inPlace } from "../../analysis/wording.ts";
import { isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "foreign-comment",
  summary: "A comment in the manner of another language: keepalived knows `#` and `!` only.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2297"],
  subject: "item",
  fix: "safe",

  *check(item, { node }) {
    const { keyword, entry, context } = item;
    const mark = foreignCommentIn(keyword.value);
    if (mark === undefined || keyword.quoted || node.configuration === undefined || isTemplate(node.configuration)) return;
    // In a list the line is an entry that cannot be read; anywhere else it is an unknown keyword.
    if (entry !== undefined && entry.kind !== "entry-option") return;
    if (context === undefined) return;
    const { file, span } = keyword.site;
    yield {
      at: keyword.site,
      message: `${mark} begins no comment ${inPlace(item)}: keepalived knows # and ! only, and reads the line`,
      fixes:
        keyword.literal && item.kind === "statement"
          ? fixWith("Begin the comment with #", "safe", [{ at: { file, span: { start: span.start, end: span.start } }, replacement: "# " }])
          : [],
    };
  },
});
