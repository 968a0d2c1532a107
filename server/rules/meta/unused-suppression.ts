import { fixWith } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule, type JudgedName, type SuppressionSubject } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "unused-suppression",
  summary: "A kalint-ignore comment suppresses nothing.",
  severity: "warning",
  since: "0.1.0",
  sources: ["kalint server/analysis/suppress.ts"],
  subject: "suppression",
  fix: "safe",

  *check(suppression) {
    const { names, keyword, scope, site } = suppression;
    const unused = names.filter(({ fate }) => fate === "unused");
    const [first] = unused;
    if (first === undefined || scope === "unknown") return;
    yield {
      at: unused.length === names.length ? site : first.site,
      message: `${keyword} ${list(unused.map(({ id }) => shown(id)))} suppresses nothing`,
      fixes: withoutNames(suppression, unused),
    };
  },
});

const withoutNames = ({ names, removal }: SuppressionSubject, unused: readonly JudgedName[]): readonly Fix[] => {
  const kept = names.filter((name) => !unused.includes(name));
  if (kept.length === 0) return fixWith("Remove the comment", "safe", [{ at: removal, replacement: "" }]);
  const { file, span } = names[0]!.site;
  const all = { file, span: { start: span.start, end: names.at(-1)!.site.span.end } };
  return fixWith("Keep what is needed", "safe", [{ at: all, replacement: kept.map(({ id }) => id).join(", ") }]);
};
