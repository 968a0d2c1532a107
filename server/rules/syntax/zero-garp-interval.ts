import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { wrongValues } from "../../analysis/values.ts";

const names = new Set(["vrrp_garp_interval", "vrrp_gna_interval", "garp_interval", "gna_interval"]);

export default defineRule({
  id: "zero-garp-interval",
  summary: "An interval of 0 between gratuitous ARPs is refused; it is the default anyway.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/core/global_parser.c:967", "keepalived v2.4.3 keepalived/core/global_parser.c:980"],
  subject: "wrongItem",
  fix: "safe",

  *check(item, { version, node }) {
    if (!names.has(item.keyword.value) || node.configuration === undefined) return;
    for (const { word, name } of wrongValues(item, version, ["out-of-range"])) {
      if (Number(word.value) !== 0) continue;
      yield {
        at: word.site,
        message: `${name.value} 0 is refused by keepalived; without the line there is no pause between the packets either`,
        fixes: fixWith("Remove the line", "safe", removeItem(node.configuration.source, item)),
      };
    }
  },
});
