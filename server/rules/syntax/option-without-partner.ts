import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { mayHoldMore } from "../../model/node/lost.ts";

/** Statements that only work behind another one of their block. */
const behind: ReadonlyMap<string, string> = new Map([
  ["sorry_server_inhibit", "sorry_server"],
  ["sorry_server_lvs_method", "sorry_server"],
]);

/** What a line needs beside `track_group`, by the block it stands in. */
const devices: ReadonlyMap<string, readonly string[]> = new Map([
  ["static_ipaddress", ["dev"]],
  ["static_routes", ["dev", "oif"]],
  ["static_rules", ["dev", "iif"]],
]);

export default defineRule({
  id: "option-without-partner",
  summary: "A word that works only together with another one, which is missing or comes too late: keepalived ignores it.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/check/check_parser.c:642",
    "keepalived v2.4.3 keepalived/check/check_parser.c:650",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:722",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iproute.c:1881",
  ],
  subject: "item",

  *check(item, { node: { configuration } }) {
    const { keyword, parent, entry } = item;
    const partner = behind.get(keyword.value);
    if (partner !== undefined && entry !== undefined && parent !== undefined && configuration !== undefined) {
      const before = parent.items.slice(0, parent.items.indexOf(item));
      if (before.some((line) => line.keyword.value === partner)) return;
      const later = parent.items.find((line) => line.keyword.value === partner);
      if (later === undefined && mayHoldMore(configuration, parent)) return;
      yield {
        at: keyword.site,
        message: `${keyword.value} must stand behind ${partner}${later === undefined ? ", and there is none" : ""}: keepalived ignores it`,
        notes: later === undefined ? [] : [{ message: "which comes too late, here", at: later.keyword.site }],
      };
    }
    yield* onLine(item);
  },
});

function* onLine(item: ConfigItem) {
  const needed = devices.get(item.context ?? "");
  if (needed === undefined) return;
  const { values } = argumentsOf(item);
  const group = values.find(({ name }) => name.value === "track_group");
  if (group === undefined || values.some(({ name }) => needed.includes(name.value))) return;
  yield {
    at: group.name.site,
    message: `track_group ${shown(group.word.value)} needs ${needed.join(" or ")} on the same line: keepalived ignores it, and nobody tracks the line`,
  };
}
