import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "unknown-rule-in-suppression",
  summary: "A kalint-ignore comment that names no rule of kalint: it suppresses nothing.",
  severity: "warning",
  since: "0.1.0",
  sources: ["kalint server/analysis/suppress.ts"],
  subject: "suppression",

  *check({ keyword, scope, names, known, site }) {
    if (scope === "unknown") {
      yield {
        at: site,
        message: `${keyword} is no form of kalint-ignore, they are kalint-ignore, kalint-ignore-block and kalint-ignore-file`,
      };
      return;
    }
    if (names.length === 0) yield { at: site, message: `${keyword} names no rule: it suppresses nothing` };
    const unknown = names.filter(({ fate }) => fate === "unknown");
    const [first] = unknown;
    if (first === undefined) return;
    // Prose without a colon before it reads as a list of names.
    const prose = unknown.length > 1 && names[0]?.fate !== "unknown";
    const nearest = unknown.length === 1 ? nearestWord(first.id, known) : undefined;
    const ids = list(
      unknown.map(({ id }) => shown(id)),
      "and",
      5,
    );
    yield {
      at: { file: site.file, span: { start: first.site.span.start, end: unknown.at(-1)!.site.span.end } },
      message: `${ids} ${unknown.length === 1 ? "is no rule" : "are no rules"} of kalint${prose ? "; a reason stands behind a colon" : didYouMean(nearest)}`,
    };
  },
});
