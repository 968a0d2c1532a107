import { hasSmartQuotes, straight } from "../../analysis/characters.ts";
import { fixWith, replaceCharacters } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { inPlace } from "../../analysis/wording.ts";

export default defineRule({
  id: "smart-quotes",
  summary: "Typographic quotes are ordinary characters to keepalived: they quote nothing and become part of the value.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1243"],
  subject: "item",
  fix: "review",

  *check(item) {
    const words = [item.keyword, ...item.args].filter(({ quoted, value }) => !quoted && hasSmartQuotes(value));
    const [first] = words;
    if (first === undefined) return;
    yield {
      at: first.site,
      message: `the typographic quotes of ${item.keyword.value} ${inPlace(item)} quote nothing: keepalived takes them for letters`,
      fixes: words.every(({ literal }) => literal)
        ? fixWith(
            "Write straight quotes",
            "review",
            words.flatMap((word) => replaceCharacters(word, hasSmartQuotes, straight)),
          )
        : [],
    };
  },
});
