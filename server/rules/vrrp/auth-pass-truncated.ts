import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { placeOf } from "../../analysis/wording.ts";
import { wrongValues } from "../../analysis/values.ts";
import type { ConfigWord } from "../../model/node/items.ts";
import { partOfWord } from "../../model/node/settings.ts";

export default defineRule({
  id: "auth-pass-truncated",
  summary: "Only the first 8 bytes of `auth_pass` count; the rest is cut off.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1503", "RFC 2338 section 5.3.6.1"],
  subject: "wrongItem",
  fix: "review",

  *check(item, { version }) {
    if (item.keyword.value !== "auth_pass") return;
    for (const { word, check } of wrongValues(item, version, ["too-long"], ({ type }) => type === "password"))
      yield {
        at: word.site,
        message: `auth_pass of ${item.parent?.parent === undefined ? "this block" : placeOf(item.parent)} has ${check.length} bytes: keepalived cuts it to ${check.maxLength}`,
        notes: [{ message: "two passwords with the same first 8 bytes are the same password" }],
        fixes: fixWith(`Cut it to the ${check.maxLength} bytes that count, on all nodes alike`, "review", cut(word, check.maxLength)),
      };
  },
});

/** Deletes the tail, so that no part of the secret is in the fix. Nothing where the cut would split a character. */
const cut = (word: ConfigWord, maxBytes: number) => {
  let bytes = 0;
  let at = 0;
  for (const character of word.value) {
    const code = character.codePointAt(0) ?? 0;
    const next = bytes + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
    if (next > maxBytes) break;
    bytes = next;
    at += character.length;
  }
  return bytes === maxBytes && word.literal ? [{ at: partOfWord(word, at, word.value.length), replacement: "" }] : [];
};
