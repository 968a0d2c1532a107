import { leftWithoutAddress } from "../../analysis/left.ts";
import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues, type WrongValue } from "../../analysis/values.ts";

const kinds = ["bad-address", "wrong-family", "bad-range"] as const;

export default defineRule({
  id: "invalid-ip",
  summary: "A text that is no IP address of the wanted kind: keepalived skips the entry.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:424", "keepalived v2.4.3 lib/utils.c:691"],
  subject: "item",

  *check(item, { version }) {
    for (const wrong of wrongValues(item, version, kinds)) {
      const { check } = wrong;
      if (check.kind === "bad-range" && (check.reason === "host-bits" || check.reason === "bad-prefix")) continue;
      yield { at: wrong.word.site, message: `${namedValue(wrong)} ${fault(check)}`, notes: leftWithoutAddress(item) };
    }
  },
});

const fault = (check: WrongValue<(typeof kinds)[number]>["check"]): string => {
  switch (check.kind) {
    case "bad-address":
      return `is no ${check.family === undefined ? "IP" : `IPv${check.family}`} address: keepalived skips it`;
    case "wrong-family":
      return `is not an IPv${check.wanted} address, which is wanted here`;
    case "bad-range":
      return check.reason === "end-before-start"
        ? "ends before it starts: keepalived skips the range"
        : "is no range of addresses: keepalived skips it";
  }
};
