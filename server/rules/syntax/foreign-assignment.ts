import { lookup } from "../../../grammar/vocabulary/index.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { placeOf } from "../../analysis/wording.ts";

export default defineRule({
  id: "foreign-assignment",
  summary: "`key = value` and `key: value` belong to other languages: keepalived wants a blank between the two.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1243", "keepalived v2.4.3 lib/parser.c:3239"],
  subject: "item",
  fix: "review",

  *check(item) {
    const { keyword, args, context, entry } = item;
    if (context === undefined || keyword.quoted) return;
    const glued = entry === undefined ? /^([a-z0-9_-]+)([=:])/iu.exec(keyword.value) : null;
    if (glued !== null && lookup(context, glued[1]!) !== undefined) {
      const { file, span } = keyword.site;
      const start = span.start + glued[1]!.length;
      const behind = keyword.value.length > glued[0].length;
      yield {
        at: keyword.site,
        message: `${glued[1]!} in ${placeOf(item)} is followed by ${glued[2]!}: keepalived takes it for a part of the word and ignores the line`,
        fixes: keyword.literal
          ? fixWith("Write a blank instead", "review", [{ at: { file, span: { start, end: start + 1 } }, replacement: behind ? " " : "" }])
          : [],
      };
      return;
    }
    const [sign] = args;
    if (entry?.kind !== "statement" || sign === undefined || sign.quoted || (sign.value !== "=" && sign.value !== ":")) return;
    yield {
      at: sign.site,
      message: `${sign.value} behind ${keyword.value} in ${placeOf(item)} is taken for its value`,
      fixes: sign.literal ? fixWith(`Remove ${sign.value}`, "review", [{ at: sign.site, replacement: "" }]) : [],
    };
  },
});
