import { codeOf, hasInvisible, visible } from "../../analysis/characters.ts";
import { fixWith, replaceCharacters } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { inPlace, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "invisible-character",
  summary: "A character that nobody sees, or a blank that is none to keepalived, has become part of a word.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1243", "keepalived v2.4.3 lib/parser.c:2297"],
  subject: "item",
  fix: "review",

  *check(item) {
    for (const word of [item.keyword, ...item.args]) {
      if (word.quoted || !hasInvisible(word.value)) continue;
      const read = visible(word.value).trim();
      const secret = item.keyword.value === "auth_pass" || item.keyword.value === "key";
      const name = read === "" ? "this word" : secret && word !== item.keyword ? "the value" : shown(read);
      yield {
        at: word.site,
        message: `${name} ${inPlace(item)} holds the invisible character ${codeOf(word.value)}, which keepalived takes for a letter`,
        fixes: fixWith("Take the character out", "review", replaceCharacters(word, hasInvisible, visible)),
      };
    }
  },
});
