import { siteOf } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "template-region-skipped",
  summary: "The file is a template: what its marks stand for is not judged.",
  severity: "info",
  since: "0.1.0",
  sources: ["kalint server/model/node/source.ts"],
  subject: "configuration",

  *check({ expansion: { text: mapped } }) {
    const firsts = new Map<string, { readonly start: number; count: number; readonly text: string }>();
    for (const match of mapped.text.matchAll(mark)) {
      const { file } = siteOf(mapped, { start: match.index, end: match.index + 1 });
      const first = firsts.get(file);
      if (first === undefined) firsts.set(file, { start: match.index, count: 1, text: match[0] });
      else first.count++;
    }
    for (const { start, count, text } of firsts.values()) {
      const others =
        count === 1 ? "what stands there is" : `what stands there and at ${count - 1} other ${count === 2 ? "mark" : "marks"} is`;
      yield {
        at: siteOf(mapped, { start, end: start + text.length }),
        message: `${shown(text)} is a mark of a template: ${others} not judged`,
        notes: [{ message: "the files that the template makes can be checked as keepalived will read them" }],
      };
    }
  },
});

/** A mark with what stands in it, up to a bound: Jinja, Go, Mustache and ERB. */
const mark = /\{\{[^}\n]{0,200}\}?\}?|\{%[^%\n]{0,200}(?:%\})?|<%[^%\n]{0,200}(?:%>)?/gu;
