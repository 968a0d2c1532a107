import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "unterminated-quote",
  summary: "A double quote without its partner on the line: everything behind it is one word.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2336"],
  subject: "configuration",
  fix: "review",

  *check(configuration) {
    const { tree, source } = configuration;
    if (tree.problems.length === 0 || isTemplate(configuration)) return;
    const told = new Set(tree.problems.filter(({ kind }) => kind === "unterminated-quote").map(({ site }) => site.span.start));
    for (const { kind, site, detail } of tree.problems) {
      if (kind !== "command-quote" || told.has(site.span.start)) continue;
      const what = detail === "\\" ? "backslash with nothing behind it" : `${detail} without its partner`;
      yield { at: site, message: `this command has a ${what}: keepalived drops it, and -t may crash` };
    }
    for (const { kind, site, detail } of tree.problems) {
      if (kind !== "unterminated-quote") continue;
      const end = site.span.start + detail.length;
      const ends = source.line(site) !== undefined && site.via === undefined;
      yield {
        // What stands behind the quote may be a password: only the quote itself is marked.
        at: ends ? { file: site.file, span: { start: site.span.start, end: site.span.start + 1 } } : site,
        message: 'this " has no partner on its line: keepalived reports it, and all that follows on the line is one word',
        fixes:
          ends && detail.length > 1 ? fixWith('Add the missing " at the end of the line', "review", [insertAt(site.file, end, '"')]) : [],
      };
    }
  },
});
