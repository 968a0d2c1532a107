import type { ExpandProblem } from "../../../grammar/keepalived/expansion.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "endless-definition",
  summary: "A definition that cannot be replaced: it leads back to itself, fills its line, or is used without what it needs.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:2020",
    "keepalived v2.4.3 lib/parser.c:1885",
    "measured: definitions that lead to each other hang keepalived 2.2.7 and 2.4.3, `${_ENV}` without a name crashes 2.4.3",
  ],
  subject: "configuration",

  *check({ expansion }) {
    for (const problem of expansion.problems) {
      const message = messageOf(problem);
      if (message !== undefined) yield { at: problem.site, message };
    }
  },
});

const messageOf = ({ kind, detail }: ExpandProblem): string | undefined => {
  if (kind === "definition-loop") return `$${detail} leads back to itself: keepalived hangs while it reads this line`;
  if (kind === "line-full") return `replacing $${detail} makes the line longer than 1023 bytes: keepalived stops in the middle`;
  if (kind === "definition-parameters") return `${detail} does not take these parameters: keepalived leaves the text as it stands`;
  if (kind === "environment-name-missing") return `${detail} wants the name of a variable: without one keepalived crashes`;
  return undefined;
};
