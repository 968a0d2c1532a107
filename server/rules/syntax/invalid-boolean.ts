import { parseBoolean } from "../../../grammar/vocabulary/values.ts";
import { fixWith, replaceWord } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues } from "../../analysis/values.ts";

export default defineRule({
  id: "invalid-boolean",
  summary: "A boolean is true, on, yes, false, off or no in small letters; anything else is refused.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2396"],
  subject: "wrongItem",
  fix: "review",

  *check(item, { version }) {
    for (const wrong of wrongValues(item, version, ["unknown-value"], ({ type }) => type === "boolean")) {
      const { word } = wrong;
      const meant = meaning(word.value);
      yield {
        at: word.site,
        message: `${namedValue(wrong)} is refused by keepalived: a boolean is true, on, yes, false, off or no`,
        fixes: meant === undefined ? [] : fixWith(`Write ${meant}, which puts the setting into force`, "review", replaceWord(word, meant)),
      };
    }
  },
});

const meaning = (text: string): string | undefined => {
  const lower = text.toLowerCase();
  if (parseBoolean(lower) !== undefined) return lower;
  if (["1", "enable", "enabled"].includes(lower)) return "true";
  return ["0", "disable", "disabled"].includes(lower) ? "false" : undefined;
};
