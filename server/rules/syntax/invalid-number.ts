import type { WrongValue } from "../../analysis/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { namedValue, withoutIt, wrongValues } from "../../analysis/values.ts";

const kinds = ["not-a-number", "fraction-too-new", "too-many-decimals", "bad-integer-range", "bad-mac", "bad-hex", "bad-form"] as const;

export default defineRule({
  id: "invalid-number",
  summary: "A value that is not the number keepalived wants there: it reports it and goes on without.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:434", "keepalived v2.4.3 lib/parser.c:466"],
  subject: "wrongItem",

  *check(item, { version }) {
    // The digest of a page has a rule of its own.
    if (item.keyword.value === "digest") return;
    for (const wrong of wrongValues(item, version, kinds)) {
      yield {
        at: wrong.word.site,
        message: `${namedValue(wrong)} ${fault(wrong.check)}`,
        notes: withoutIt(item, wrong.row),
        ...(wrong.check.kind === "too-many-decimals" ? { severity: "warning" as const } : {}),
      };
    }
  },
});

const fault = (check: WrongValue<(typeof kinds)[number]>["check"]): string => {
  switch (check.kind) {
    case "not-a-number":
      return check.wanted === "integer"
        ? "is not a whole number: digits only, no unit, no fraction"
        : "is not a number: digits with a point, no unit";
    case "fraction-too-new":
      return `is not a whole number; fractions are understood since keepalived ${check.since}`;
    case "too-many-decimals":
      return `has more than ${check.decimals} decimals: keepalived reports it and rounds`;
    case "bad-integer-range":
      return check.reason === "not-a-range" ? "is no range of whole numbers such as 1-9" : "is a range whose end lies before its start";
    case "bad-mac":
      return "is no MAC address of six octets such as 02:00:5e:00:01:0a";
    case "bad-hex":
      return "is not made of hexadecimal digits";
    case "bad-form":
      return `is not ${check.what}`;
  }
};
