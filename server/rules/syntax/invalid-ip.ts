import { parsePlainAddress } from "../../../grammar/vocabulary/addresses.ts";
import { leftWithoutAddress } from "../../analysis/left.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { namedValue, wrongItems, wrongValues, type WrongValue } from "../../analysis/values.ts";
import { shown } from "../../analysis/wording.ts";
import { itemsOf, type ConfigItem } from "../../model/node/items.ts";

const kinds = ["bad-address", "wrong-family", "bad-range"] as const;

export default defineRule({
  id: "invalid-ip",
  summary: "A text that is no IP address of the wanted kind: keepalived skips the entry.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:424",
    "keepalived v2.4.3 lib/utils.c:691",
    "keepalived v2.4.3 keepalived/core/global_parser.c:821",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1021",
  ],
  subject: "topLevel",

  *check(block, { version }) {
    for (const item of wrongItems(block, version))
      for (const wrong of wrongValues(item, version, kinds)) {
        const { check } = wrong;
        if (check.kind === "bad-range" && (check.reason === "host-bits" || check.reason === "bad-prefix")) continue;
        yield { at: wrong.word.site, message: `${namedValue(wrong)} ${fault(check)}`, notes: leftWithoutAddress(item) };
      }
    for (const item of itemsOf(block)) if (groups.has(item.keyword.value)) yield* noGroup(item);
  },
});

/** Keywords whose address is a multicast group. */
const groups = new Set(["vrrp_mcast_group4", "vrrp_mcast_group6", "mcast_dst_ip"]);

function* noGroup({ keyword, entry, args }: ConfigItem): Generator<RuleFinding> {
  const word = args[0];
  if (word === undefined || entry === undefined) return;
  const address = parsePlainAddress(word.value);
  if (address === undefined) return;
  const named = `${keyword.value} ${shown(word.value)}`;
  const isGroup = address.family === 4 ? /^2(?:2[4-9]|3\d)\./u.test(address.text) : address.text.startsWith("ff");
  if (!isGroup) yield { at: word.site, message: `${named} is no multicast address: keepalived skips it` };
  else if (address.family === 6 && !/^ff.2:/u.test(address.text)) {
    const skipped = keyword.value === "mcast_dst_ip";
    yield {
      at: word.site,
      message: `${named} is no link-local multicast address (ff02::/16): ${skipped ? "keepalived skips it" : "routers may carry the adverts on"}`,
      ...(skipped ? {} : { severity: "warning" as const }),
    };
  }
}

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
