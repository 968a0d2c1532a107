import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "template-region-skipped",
  summary: "The file is a template: what its marks stand for is not judged.",
  severity: "info",
  since: "0.1.0",
  sources: ["kalint grammar/template/marks.ts"],
  subject: "project",

  *check({ clusters }) {
    for (const { nodes, template } of clusters)
      for (const [file, { text, marks, broken }] of template?.templates.byFile ?? []) {
        // What writes nothing leaves nothing out.
        const written = marks.filter(({ does }) => does !== "nothing" && does !== "literal" && does !== "raw");
        const [first] = written;
        if (first === undefined) continue;
        const { start, end } = first;
        const mark = shown(text.slice(start, Math.min(end, start + 200)).replaceAll(/\s+/gu, " "));
        const others = written.length - 1;
        const rest = others === 0 ? "" : ` and at ${others} other ${others === 1 ? "mark" : "marks"}`;
        yield {
          at: { file, span: { start, end } },
          message: broken
            ? `${mark} is a mark of a template whose marks do not close one another: nothing in it is judged`
            : `${mark} is a mark of a template: what stands there${rest} is not judged`,
          notes: [{ message: "the files that the template makes can be checked as keepalived will read them" }],
          nodes,
        };
      }
  },
});
