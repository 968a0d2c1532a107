import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";

export default defineRule({
  id: "include-not-found",
  summary: "An include that finds no file: keepalived goes on without it and `-t` says nothing.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1750", "keepalived v2.4.3 lib/parser.c:1822"],
  subject: "configuration",

  *check({ expansion }) {
    for (const { variant, pattern, site, matches, unreadable } of expansion.includes) {
      for (const { file, reason } of unreadable)
        yield { at: site, message: `${shown(file)} cannot be read (${reason}): keepalived goes on without it` };
      if (matches.files.length > 0 || matches.outside === true || isUnexpanded(pattern)) continue;
      const strict =
        variant === "includea" ||
        variant === "includew" ||
        (variant === "includem" && !matches.wildcard) ||
        (variant === "includeb" && pattern.includes("{"));
      yield {
        at: site,
        message: `${variant} ${shown(pattern)} finds no file: ${strict ? "keepalived ends" : "keepalived goes on without it"}`,
        ...(strict ? { severity: "error" as const } : {}),
        notes: /^["'].*["']$/u.test(pattern)
          ? [{ message: "the quotes are part of the name: the rest of the line is taken as it is" }]
          : [],
      };
    }
  },
});
