import { walkItems } from "../../model/node/items.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "weight-sign-inverted-name",
  summary: "`weight N reverse` turns a check around: its success lowers the priority, its failure raises it.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:232", "measured: weight 20 reverse on one node, keepalived 2.2.7 and 2.4.3"],
  off: true,
  subject: "configuration",

  *check(configuration) {
    for (const item of walkItems(configuration.tree.items)) {
      const words = [item.keyword, ...item.args];
      const at = words.findIndex(({ value }) => value === "weight");
      const [weight, reverse] = [words[at + 1], words[at + 2]];
      if (at < 0 || weight === undefined || reverse?.value !== "reverse" || !/^[+-]?\d{1,3}$/u.test(weight.value)) continue;
      const name = at === 0 ? item.parent?.args[0] : item.keyword;
      const size = Number(weight.value);
      const effect =
        size === 0
          ? "puts the instance into FAULT while it is fine"
          : size > 0
            ? `takes ${size} from the priority while it is fine`
            : `adds ${-size} to the priority when it fails`;
      yield { at: reverse.site, message: `${shown(name?.value ?? "the check")} with weight ${size} reverse ${effect}` };
    }
  },
});
