import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues, type WrongValue } from "../../analysis/values.ts";

const kinds = ["bad-prefix", "bad-netmask", "ignored-suffix", "bad-range"] as const;

export default defineRule({
  id: "invalid-prefix",
  summary: "A prefix length or mask that cannot be, or one behind an address that takes none.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:424", "keepalived v2.4.3 lib/utils.c:691"],
  subject: "item",

  *check(item, { version }) {
    for (const wrong of wrongValues(item, version, kinds)) {
      const { check } = wrong;
      if (check.kind === "bad-range" && check.reason !== "bad-prefix") continue;
      yield {
        at: wrong.word.site,
        message: `${namedValue(wrong)} ${fault(check)}`,
        ...(check.kind === "ignored-suffix" ? { severity: "warning" as const } : {}),
      };
    }
  },
});

const fault = (check: WrongValue<(typeof kinds)[number]>["check"]): string => {
  switch (check.kind) {
    case "bad-prefix":
      return `has no prefix length between 0 and ${check.max}: keepalived skips the address`;
    case "bad-netmask":
      return "is no mask: a dotted IPv4 mask, or a prefix length for IPv6";
    case "ignored-suffix":
      return `takes a plain address: keepalived cuts ${check.suffix} off without a word`;
    case "bad-range":
      return "has no prefix length that fits the address: keepalived skips the entry";
  }
};
