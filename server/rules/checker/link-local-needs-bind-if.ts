import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { connects } from "../../model/node/checkers.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "link-local-needs-bind-if",
  summary: "A checker of a link-local address needs bind_if: without it keepalived drops the checker.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_api.c:179"],
  subject: "checker",

  *check(checker, { node }) {
    const { item, type, realServer, connectAddress } = checker;
    const address = connectAddress ?? realServer.address;
    if (node.configuration === undefined || address.value === undefined || !connects(checker) || !isLinkLocal(address.value)) return;
    if (!lacks(node.configuration, item, "bind_if")) return;
    yield {
      at: connectAddress?.site ?? item.keyword.site,
      message: `${type.value} of ${blockTitle(realServer.item)} is dropped: the link-local address ${shown(address.value)} is reached only through a bind_if`,
      notes: connectAddress === undefined ? [{ message: "the address it asks", at: address.site }] : [],
    };
  },
});

/** fe80::/10 */
const isLinkLocal = (text: string): boolean => {
  const address = parseAddress(text);
  return address?.family === 6 && (address.parts[0]! & 0xff_c0) === 0xfe_80;
};
