import { isUnexpanded, parseAddress } from "../../../grammar/vocabulary/values.ts";
import type { Note } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues, type WrongValue } from "../../analysis/values.ts";
import { blockTitle } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";

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
      yield { at: wrong.word.site, message: `${namedValue(wrong)} ${fault(check)}`, notes: left(item) };
    }
  },
});

/** When no entry of an instance's address list can be read, it has no address at all. */
const left = ({ parent }: ConfigItem): readonly Note[] => {
  const instance = parent?.parent;
  if (parent?.keyword.value !== "virtual_ipaddress" || instance === undefined) return [];
  if (parent.items.some(({ keyword }) => isUnexpanded(keyword.value) || parseAddress(keyword.value) !== undefined)) return [];
  return [{ message: `${blockTitle(instance)} is left without any address` }];
};

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
