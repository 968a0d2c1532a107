import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "suppression-without-reason",
  summary: "A kalint-ignore comment without a reason behind a colon.",
  severity: "info",
  since: "0.1.0",
  sources: ["kalint server/analysis/suppress.ts"],
  off: true,
  subject: "suppression",

  *check({ keyword, names, reason, site }) {
    const [first] = names;
    // What names no rule has a finding of its own.
    if (reason !== undefined || first === undefined || names.some(({ fate }) => fate === "unknown")) return;
    const ids = list(names.map(({ id }) => shown(id)));
    yield { at: site, message: `${keyword} ${ids} says no reason: write it behind a colon` };
  },
});
