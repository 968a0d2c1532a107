import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { isUnknownWord } from "../../model/node/settings.ts";

export default defineRule({
  id: "bad-digest",
  summary: "A digest is the MD5 sum of the page, 32 hexadecimal digits: keepalived ignores anything else.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_http.c:558", "keepalived v2.4.3 keepalived/check/check_http.c:569"],
  subject: "item",

  *check(item) {
    const [word] = item.args;
    if (item.keyword.value !== "digest" || item.entry === undefined || word === undefined || isUnknownWord(item, word)) return;
    const { value } = word;
    const strange = /[^0-9a-f]/iu.exec(value)?.[0];
    if (value.length === 32 && strange === undefined) return;
    yield {
      at: word.site,
      message:
        value.length === 32
          ? `digest ${shown(value)} is ignored: ${strange} is no hexadecimal digit`
          : `digest ${shown(value)} is ignored: it has ${value.length} characters, and an MD5 sum has 32`,
      notes: [{ message: "genhash, which comes with keepalived, prints the digest of a page" }],
    };
  },
});
