import type { ExpandProblem } from "../../../grammar/keepalived/expansion.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "line-not-read",
  summary: "A line that keepalived cannot read as it stands: too long, with a NUL, or taken for something else.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2788", "keepalived v2.4.3 lib/parser.c:2732", "keepalived v2.2.7 lib/parser.c:2166"],
  subject: "configuration",

  *check({ expansion }, { version }) {
    for (const problem of expansion.problems) {
      const message = messageOf(problem, version);
      if (message !== undefined) yield { at: problem.site, message };
    }
  },
});

const messageOf = ({ kind, detail }: ExpandProblem, version: string): string | undefined => {
  const reports = Number(version.split(".")[0]) > 2 || (version.startsWith("2.") && Number(version.split(".")[1]) >= 4);
  switch (kind) {
    case "line-too-long":
      return reports
        ? "this line has more than 1022 bytes: keepalived drops its beginning and reads the rest as a line of its own"
        : `this line has more than 1022 bytes: ${version} reads it as several lines without a word`;
    case "nul-in-line":
      return reports ? "this line holds a NUL: keepalived drops it" : `this line holds a NUL: ${version} reads no further without a word`;
    case "comment-backslash":
      return `a comment must not end in a backslash: ${version} reads the backslash as a statement`;
    case "escaped-at-line-start":
      return `no line may begin with ${detail}: keepalived's processes take it for a mark in the copy they read`;
    default:
      return undefined;
  }
};
