import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, placeOf, shown } from "../../analysis/wording.ts";
import { isListLine } from "../../model/node/arguments.ts";
import { isTemplate } from "../../model/node/lost.ts";
import { lostOnLine, secondOnLine } from "../../model/node/second.ts";

export default defineRule({
  id: "two-keywords-on-one-line",
  summary: "Two settings on one line: keepalived reads the first and drops the second without a word.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3099", "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:662"],
  subject: "item",
  fix: "review",

  *check(item, { node }) {
    const second = secondOnLine(item);
    if (second === undefined || node.configuration === undefined || isTemplate(node.configuration)) return;
    const source = node.configuration.source;
    const indentation = source.indentation(item.site);
    const before = source.line(second.site)?.before ?? "";
    const blanks = before.length - before.trimEnd().length;
    const { file, span } = second.site;
    const split = { at: { file, span: { start: span.start - blanks, end: span.start } }, replacement: `\n${indentation ?? ""}` };
    const lost = lostOnLine(item, second);
    const what = isListLine(item) ? "one entry" : "one setting";
    yield {
      at: second.site,
      message: `${list(
        lost.map(({ value }) => shown(value)),
        "and",
        6,
      )} ${lost.length === 1 ? "is" : "are"} lost: ${what} to a line, and this line is ${shown(item.keyword.value)} of ${placeOf(item)}`,
      // A header keeps its brace; elsewhere the rest of the line moves along.
      fixes:
        indentation === undefined || item.kind === "block" || !second.literal
          ? []
          : fixWith("Put it on a line of its own, which puts it into force", "review", [split]),
    };
  },
});
