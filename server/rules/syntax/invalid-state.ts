import { fixWith, replaceWord } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { wrongValues } from "../../analysis/values.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "invalid-state",
  summary: "A state other than MASTER or BACKUP: keepalived takes BACKUP.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:848"],
  subject: "wrongItem",
  fix: "safe",

  *check(item, { version }) {
    if (item.keyword.value !== "state" || item.context !== "vrrp_instance") return;
    for (const { word } of wrongValues(item, version, ["unknown-value"])) {
      const master = /^master$/iu.test(word.value);
      yield {
        at: word.site,
        message: `state ${shown(word.value)} is not a state: it is MASTER or BACKUP in capitals, and keepalived takes BACKUP`,
        fixes: [
          ...fixWith("Write BACKUP, as keepalived takes it", "safe", replaceWord(word, "BACKUP")),
          ...(master ? fixWith("Write MASTER, which changes how the node starts", "review", replaceWord(word, "MASTER")) : []),
        ],
      };
    }
  },
});
