import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { IncludeFailureKind } from "../../../grammar/keepalived/expand.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";

export default defineRule({
  id: "include-not-found",
  summary: "An include that finds no file: keepalived goes on without it and `-t` says nothing.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1750", "keepalived v2.4.3 lib/parser.c:1822"],
  subject: "configuration",

  *check({ expansion }) {
    for (const { variant, pattern, site, unreadable, failures } of expansion.includes) {
      if (isUnexpanded(pattern)) continue;
      for (const { kind, names, enforced } of failures) {
        const end = enforced ? "keepalived ends" : "keepalived goes on without it";
        yield {
          at: site,
          message: messageOf(kind, `${variant} ${shown(pattern)}`, names, unreadable, end),
          ...(enforced ? { severity: "error" as const } : {}),
          notes: /^["'].*["']$/u.test(pattern)
            ? [{ message: "the quotes are part of the name: the rest of the line is taken as it is" }]
            : [],
        };
      }
    }
  },
});

const messageOf = (
  kind: IncludeFailureKind,
  written: string,
  names: readonly string[],
  unreadable: readonly { readonly file: string; readonly reason: string }[],
  end: string,
): string => {
  if (kind === "alternative-missing") return `${written} finds no ${list(names.map(shown), "or")}: ${end}`;
  if (kind !== "unreadable") return `${written} finds no file: ${end}`;
  const reason = unreadable.find(({ file }) => names.includes(file))?.reason ?? "it is no regular file";
  return `${list(names.map(shown))} cannot be read (${reason}): ${end}`;
};
