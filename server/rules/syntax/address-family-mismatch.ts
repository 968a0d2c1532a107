import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { argumentsOf, type ReadArgument } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { all } from "../../model/node/settings.ts";

/** A word with the family it has; 0 for `default` and its like, which have none. */
interface FamilyWord {
  readonly word: ConfigWord;
  readonly family: 4 | 6 | 0;
}

/** Blocks in which two addresses must be of one family, and what keepalived does with the second. */
const pairs: ReadonlyMap<string, { readonly words: readonly string[]; readonly consequence: string }> = new Map([
  ["bfd_instance", { words: ["source_ip", "neighbor_ip", "neighbour_ip"], consequence: "keepalived drops the session" }],
  ["TCP_CHECK", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
  ["HTTP_GET", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
  ["SSL_GET", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
  ["SMTP_CHECK", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
  ["host", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
  ["DNS_CHECK", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
  ["UDP_CHECK", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
  ["PING_CHECK", { words: ["connect_ip", "bindto"], consequence: "keepalived skips it" }],
]);

export default defineRule({
  id: "address-family-mismatch",
  summary: "IPv4 and IPv6 where both addresses must be of one family: keepalived skips the second, or the whole line.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iproute.c:1454",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iprule.c:518",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:598",
    "keepalived v2.4.3 keepalived/check/check_api.c:240",
    "keepalived v2.4.3 keepalived/bfd/bfd_parser.c:346",
    "keepalived v2.4.3 keepalived/check/check_parser.c:253",
  ],
  subject: "item",

  *check(item) {
    const place = item.context ?? "";
    if (place.endsWith("_routes")) yield* inRoute(item);
    else if (place.endsWith("_rules")) yield* inRule(item);
    else if (place.includes("_ipaddress")) yield* inAddressLine(item);
    else if (item.kind === "block" && item.keyword.value === "virtual_server") yield* inService(item);
    else if (item.kind === "block") yield* inBlock(item);
  },
});

/** Words that stand for every address have no family, and are refused where one is already fixed. */
const familyOf = (word: ConfigWord): 4 | 6 | 0 | undefined => {
  if (["default", "any", "all"].includes(word.value)) return 0;
  return word.value === "default6" ? 6 : parseAddress(word.value)?.family;
};

/** The first family that a line names holds for all of it. The first word that does not fit, and the one that decided. */
const misfit = (words: Iterable<FamilyWord>): { readonly wrong: FamilyWord; readonly by: FamilyWord } | undefined => {
  let by: FamilyWord | undefined;
  for (const found of words) {
    if (by === undefined) by = found.family === 0 ? undefined : found;
    else if (found.family !== by.family) return { wrong: found, by };
  }
  return undefined;
};

const told = (wrong: FamilyWord, by: FamilyWord, consequence: string): RuleFinding => ({
  at: wrong.word.site,
  message:
    wrong.family === 0
      ? `${shown(wrong.word.value)} has no family and cannot stand behind ${shown(by.word.value)}: ${consequence}; put it first`
      : `${shown(wrong.word.value)} is not IPv${by.family} as ${shown(by.word.value)} before it is: ${consequence}`,
  notes: [{ message: "this one decided the family", at: by.word.site }],
});

function* inRoute(item: ConfigItem): Generator<RuleFinding> {
  const words = [item.keyword, ...item.args];
  yield* wordOfFamily(item);
  // `inet` and `inet6` swallow the word behind them.
  if (words.some(({ value }, index) => /^inet6?$/u.test(value) && words[index - 1]?.value !== "via" && words[index - 1]?.value !== "gw"))
    return;
  const { values } = argumentsOf(item);
  const ownWords: FamilyWord[] = [];
  let bound = false;
  let encap: string | undefined;
  for (const { argument, word, name } of values) {
    if (name.value === "encap") encap = word.value;
    if (name.value === "via" || name.value === "gw" || name.value === "nexthop") encap = undefined;
    if (encap !== undefined && (name.value === "dst" || name.value === "src")) {
      yield* inEncap(encap, word);
      continue;
    }
    const wanted = ofOneFamily.get(name.value);
    const first = ownWords.find((found) => found.family !== 0);
    if (wanted !== undefined && first !== undefined && first.family !== wanted && !bound) {
      bound = true;
      yield {
        at: name.site,
        message: `${name.value} is for IPv${wanted} routes only, and ${shown(first.word.value)} is IPv${first.family}: keepalived skips the route`,
        notes: [{ message: "this one decided the family", at: first.word.site }],
      };
    }
    const family = familyIn(argument.type, word);
    if (family === undefined || !routeAddresses.has(name.value === word.value ? "destination" : name.value)) continue;
    if (name.value === "from" && family === 4) {
      yield { at: word.site, message: `from ${shown(word.value)} is IPv4, and only IPv6 routes have a source: keepalived skips the route` };
      return;
    }
    ownWords.push({ word, family });
  }
  const found = misfit(ownWords);
  if (found !== undefined) yield told(found.wrong, found.by, "keepalived skips the route");
}

/** `10.9.0.0/24 inet6 …`: the word comes after an address that has decided. */
function* wordOfFamily({ keyword, args }: ConfigItem): Generator<RuleFinding> {
  const own = parseAddress(keyword.value)?.family;
  const at = args.findIndex(({ value }) => value === "inet" || value === "inet6");
  const word = args[at];
  if (own === undefined || word === undefined || args[at - 1]?.value === "via" || args[at - 1]?.value === "gw") return;
  const family = word.value === "inet" ? 4 : 6;
  if (family !== own) yield told({ word, family }, { word: keyword, family: own }, "keepalived skips the route");
}

/** Options that the kernel knows for one family (vrrp_iproute.c:1556, 1651, 1713). */
const ofOneFamily: ReadonlyMap<string, 4 | 6> = new Map([
  ["expires", 6],
  ["pref", 6],
  ["realms", 4],
]);

const routeAddresses = new Set(["destination", "to", "src", "via", "gw", "from"]);

const familyIn = (type: ReadArgument["argument"]["type"], word: ConfigWord): 4 | 6 | 0 | undefined => {
  if (type === "enum") return word.value === "inet" ? 4 : word.value === "inet6" ? 6 : undefined;
  return familyOf(word);
};

function* inEncap(kind: string, word: ConfigWord): Generator<RuleFinding> {
  const wanted = kind === "ip" ? 4 : kind === "ip6" ? 6 : undefined;
  const family = parseAddress(word.value)?.family;
  if (wanted !== undefined && family !== undefined && family !== wanted)
    yield {
      at: word.site,
      message: `${shown(word.value)} is IPv${family}, and encap ${kind} wants IPv${wanted}: keepalived skips the route`,
    };
}

function* inRule(item: ConfigItem): Generator<RuleFinding> {
  const words = [item.keyword, ...item.args];
  if (words.some(({ value }) => /^inet6?$/u.test(value))) return;
  const found = misfit(
    argumentsOf(item).values.flatMap(({ word, name }) => {
      const family = name.value === "from" || name.value === "to" ? familyOf(word) : undefined;
      return family === undefined ? [] : [{ word, family }];
    }),
  );
  if (found !== undefined) yield told(found.wrong, found.by, "keepalived skips the rule");
}

function* inAddressLine(item: ConfigItem): Generator<RuleFinding> {
  const own = parseAddress(item.keyword.value)?.family;
  if (own === undefined) return;
  for (const { word, name } of argumentsOf(item).values) {
    if (name.value === "peer") {
      const family = parseAddress(word.value)?.family;
      if (family !== undefined && family !== own)
        yield told({ word, family }, { word: item.keyword, family: own }, "keepalived takes the address without its peer");
    }
    if (own === 6 && (name.value === "brd" || name.value === "broadcast"))
      yield {
        at: name.site,
        message: `${shown(item.keyword.value)} is IPv6, which has no broadcast address: keepalived skips the whole address`,
      };
  }
}

function* inService(item: ConfigItem): Generator<RuleFinding> {
  const address = item.args[0];
  const own = address === undefined ? undefined : parseAddress(address.value)?.family;
  if (address === undefined || own === undefined) return;
  for (const { args } of all(item, "ip_family")) {
    const word = args[0];
    const family = word?.value === "inet" ? 4 : word?.value === "inet6" ? 6 : undefined;
    if (word !== undefined && family !== undefined && family !== own)
      yield told({ word, family }, { word: address, family: own }, "keepalived keeps the family of the address");
  }
}

function* inBlock(item: ConfigItem): Generator<RuleFinding> {
  const pair = pairs.get(item.keyword.value);
  if (pair === undefined || item.entry === undefined) return;
  // The last of several counts.
  const last = [...new Map(all(item, ...pair.words).map((line) => [line.entry?.aliasOf ?? line.keyword.value, line])).values()];
  const found = misfit(
    last.flatMap(({ args }) => {
      const word = args[0];
      const family = word === undefined ? undefined : parseAddress(word.value)?.family;
      return word === undefined || family === undefined ? [] : [{ word, family }];
    }),
  );
  if (found !== undefined) yield told(found.wrong, found.by, `${pair.consequence} (${blockTitle(item)})`);
}
