import { beginsHere, endOf } from "../../analysis/places.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { checkValue } from "../../../grammar/vocabulary/values.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { VirtualServer } from "../../model/node/model.ts";
import { serviceFamily } from "../../model/node/service-families.ts";
import { lacks, mayHoldMore } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-real-server",
  summary: "A virtual_server without any real_server: keepalived drops it, sorry server and all.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:171"],
  subject: "virtualServer",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    const { item, realServers } = virtualServer;
    // The daemon skips a service with such an address before it looks for servers: that is told there.
    if (configuration === undefined || hasBadAddress(item)) return;
    const none = realServers.length === 0 && lacks(configuration, item, "real_server");
    if (!none && (mayHoldMore(configuration, item) || !areAllRefused(virtualServer))) return;
    yield {
      at: endOf(item),
      message: `${blockTitle(item)} has no real_server${none ? "" : " that keepalived takes"}: keepalived drops the whole service`,
      notes: [...beginsHere(item), ...logNote(virtualServer, true)],
    };
  },
});

/** Whether every server is skipped: its address is none, or of the other family. */
const areAllRefused = (virtualServer: VirtualServer): boolean => {
  const { realServers } = virtualServer;
  const strangers = new Set(serviceFamily(virtualServer).servers.map(({ item }) => item));
  return realServers.length > 0 && realServers.every(({ item }) => strangers.has(item) || (item.kind === "block" && hasBadAddress(item)));
};

const hasBadAddress = (item: ConfigItem): boolean =>
  argumentsOf(item).values.some(({ word, argument }) => {
    const { kind } = checkValue(word.value, argument);
    return kind === "bad-address" || kind === "not-a-number" || kind === "out-of-range";
  });
