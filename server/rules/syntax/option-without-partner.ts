import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { defineRule, type Given, type RuleFinding } from "../../analysis/rule.ts";
import { isStatedWithin } from "../../analysis/version-range.ts";
import { shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
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
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iproute.c:1080",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iproute.c:1875",
    "keepalived v2.2.7 keepalived/vrrp/vrrp_iproute.c:1886",
  ],
  subject: "item",

  *check(item, given) {
    const { configuration } = given.node;
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
    if (item.context?.endsWith("_routes") === true) yield* inRoute(item, given);
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

function* inRoute(item: ConfigItem, given: Given): Generator<RuleFinding> {
  const { values, missing } = argumentsOf(item);
  if (!isListLine(item) || missing.length > 0 || values.length === 0) return;
  for (const { word, name, toldApart } of tunnels(item))
    if (!toldApart) yield { at: name.site, message: `encap ${word.value} needs a dst or an id: keepalived skips the route` };
  const words = [item.keyword, ...item.args];
  if (words.some(({ value }) => value === "no_track")) return;
  const protocol = values.find(({ name }) => name.value === "protocol")?.word;
  if (protocol !== undefined && !isUnexpanded(protocol.value) && !/^(?:keepalived|18|0x12|022)$/u.test(protocol.value))
    yield {
      at: protocol.site,
      message: `protocol ${shown(protocol.value)} counts only together with no_track: keepalived takes its own number 18, by which it knows the route again`,
      severity: "warning",
    };
  const destination = values.find(({ argument }) => argument.name === "destination");
  // The interfaces of hops are their own.
  const ofHops = words.findIndex(({ value }) => value === "nexthop");
  const ownWords = ofHops < 0 ? words : words.slice(0, ofHops);
  if (
    destination !== undefined &&
    isStatedWithin(given, "2.0.3", "2.3.1") &&
    !ownWords.some(({ value }) => value === "dev" || value === "oif")
  )
    yield {
      at: destination.word.site,
      message: `the route to ${shown(destination.word.value)} names no dev: up to keepalived 2.3.1 it is not watched, and not set again when it is lost`,
      severity: "warning",
      notes: [{ message: "no_track says that this is meant" }],
    };
}

interface Tunnel {
  readonly word: ConfigWord;
  readonly name: ConfigWord;
  toldApart: boolean;
}

/** The ip and ip6 tunnels of a route and its hops, and whether something says where each leads. */
const tunnels = (item: ConfigItem): readonly Tunnel[] => {
  const found: Tunnel[] = [];
  let current: Tunnel | undefined;
  for (const { word, name } of argumentsOf(item).values) {
    if (name.value === "encap") {
      current = word.value === "ip" || word.value === "ip6" ? { word, name, toldApart: false } : undefined;
      if (current !== undefined) found.push(current);
    } else if (current !== undefined && (name.value === "id" || name.value === "dst")) current.toldApart = true;
  }
  return found;
};
