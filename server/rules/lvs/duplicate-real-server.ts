import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import type { RealServer } from "../../model/node/model.ts";
import { serviceFamily } from "../../model/node/service-families.ts";

export default defineRule({
  id: "duplicate-real-server",
  summary: "A real server that stands twice in one service: keepalived removes the second, weight and checkers included.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1165"],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    if (node.configuration === undefined || virtualServer.realServers.length < 2) return;
    const skipped = new Set(serviceFamily(virtualServer).servers.map(({ item }) => item));
    const seen = new Map<string, RealServer>();
    for (const server of virtualServer.realServers) {
      const key = skipped.has(server.item) ? undefined : keyOf(server);
      if (key === undefined) continue;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, server);
        continue;
      }
      yield {
        at: server.item.keyword.site,
        message: `${blockTitle(server.item)} stands twice in ${blockTitle(virtualServer.item)}: keepalived removes this one with its weight and checkers`,
        notes: [{ message: "this one stays", at: first.item.keyword.site }, ...logNote(virtualServer)],
        fixes: fixWith("Remove the second", "safe", removeItem(node.configuration.source, server.item)),
      };
    }
  },
});

/** Address and port as written, for they are compared before the service's port is filled in. */
const keyOf = ({ address, port }: RealServer): string | undefined => {
  if (address.value === undefined || parseAddress(address.value) === undefined) return undefined;
  return port !== undefined && port.value === undefined ? undefined : `${canonicalAddress(address.value)} ${port?.value ?? 0}`;
};
