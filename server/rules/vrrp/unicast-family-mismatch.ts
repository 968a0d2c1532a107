import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { familyReading, type FamilyRole } from "../../model/node/family.ts";

const whatHappens: Readonly<Partial<Record<FamilyRole, string>>> = {
  peer: "keepalived skips it, and this peer hears nothing",
  source: "keepalived ignores it, and takes an address of the interface",
  multicast: "keepalived ignores it, and sends to the usual group",
};

export default defineRule({
  id: "unicast-family-mismatch",
  summary: "A peer or source address of another family than the instance: keepalived skips it.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1070",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:985",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1014",
  ],
  subject: "vrrpInstance",

  *check({ item, name }) {
    const { by, refused } = familyReading(item);
    for (const { role, item: statement, word } of refused) {
      const what = whatHappens[role];
      if (what === undefined || by === undefined) continue;
      const where = role === "peer" ? "in unicast_peer" : `as ${statement.keyword.value}`;
      yield {
        at: word.site,
        message: `${shown(word.value)} ${where} of ${name.value} is not IPv${by.family} as the instance is: ${what}`,
        notes: [{ message: "this one decided the family", at: by.word.site }],
      };
    }
  },
});
