import { canonicalAddress, checkValue, isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { placeOf, shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import { walkItems, type ConfigItem, type ConfigWord } from "../../model/node/items.ts";
import { isSwallowed, isTemplate } from "../../model/node/lost.ts";
import type { Configuration, VrrpInstance } from "../../model/node/model.ts";
import { all, one } from "../../model/node/settings.ts";
import type { Source } from "../../model/node/source.ts";

export default defineRule({
  id: "duplicate-directive",
  summary: "A setting that stands twice in one block: only one of the two counts.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:840",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1160",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:224",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1101",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:520",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:524",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:2146",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:608",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:2621",
  ],
  subject: "configuration",
  fix: "review",

  *check(configuration) {
    if (isTemplate(configuration)) return;
    const source = configuration.source;
    yield* repeated(configuration.tree.items, source);
    yield* sharedInterfaces(configuration.tree.items);
    yield* trackedByBoth(configuration);
    yield* sharedDevices(configuration.instances);
    for (const item of walkItems(configuration.tree.items)) {
      if (isListLine(item)) yield* repeatedOptions(item);
      if (item.items.length < 2) continue;
      yield* repeated(item.items, source);
      yield* repeatedParts(item.items);
      const isTracking = /^(?:vrrp_)?track_/u.test(item.keyword.value) || item.keyword.value === "unicast_peer";
      if (isTracking && item.entry?.kind === "list-block") yield* repeatedEntries(item.items, source);
    }
  },
});

function* repeated(items: readonly ConfigItem[], source: Source): Generator<RuleFinding> {
  const groups = new Map<string, ConfigItem[]>();
  for (const item of items) {
    const { entry } = item;
    // A second list or block is told where the daemon tells it: elsewhere it adds to the first.
    const reported = entry?.onRepeat === "first-error" || entry?.onRepeat === "last-error";
    if (
      entry === undefined ||
      (entry.kind !== "statement" && !reported) ||
      (item.kind !== "statement" && entry.kind === "statement") ||
      entry.onRepeat === "append" ||
      entry.onRepeat === "merge"
    )
      continue;
    // A second name in an SMTP_CHECK is an error, with a rule of its own.
    if (item.keyword.value === "helo_name") continue;
    // Rounds of a sequence write one line many times.
    if (item.site.via?.kind === "sequence" || item.args.some(({ site }) => site.via?.kind === "sequence")) continue;
    const key = entry.aliasOf ?? entry.name;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  for (const several of groups.values()) {
    if (several.length < 2) continue;
    // A value the daemon refuses has a finding of its own, and leaves the other one in force.
    const group = several.filter((item) => !refused(item));
    if (group.length < 2) continue;
    if (group[0]!.kind === "block") {
      yield* repeatedBlocks(group);
      continue;
    }
    const kept = keptOf(group);
    for (const item of group) {
      if (item === kept) continue;
      const same = textOf(item) === textOf(kept);
      yield {
        at: item.keyword.site,
        message: same
          ? `${item.keyword.value} stands twice in ${placeOf(item)}, both times with the same value`
          : `${item.keyword.value} stands twice in ${placeOf(item)}: ${counting(item, kept)}`,
        notes: [{ message: "this one counts", at: kept.keyword.site }],
        fixes: fixWith("Remove the one that does not count", "review", removeItem(source, item)),
      };
    }
  }
}

/** "150 does not count, 100 does"; a secret is not said. */
const counting = (item: ConfigItem, kept: ConfigItem): string => {
  const secret = item.entry?.args.some(({ type }) => type === "password") === true;
  const [dropped, counts] = [textOf(item), textOf(kept)];
  return secret || dropped === "" || counts === "" ? "this one does not count" : `${shown(dropped)} does not count, ${shown(counts)} does`;
};

/** Blocks that cannot stand twice: told at each further one, as the daemon does. */
function* repeatedBlocks([first, ...more]: readonly ConfigItem[]): Generator<RuleFinding> {
  for (const item of more)
    yield {
      at: item.keyword.site,
      message: `${item.keyword.value} stands twice in ${placeOf(item)}: ${item.entry?.onRepeat === "first-error" ? "keepalived skips this one" : "this one replaces the first"}`,
      notes: [{ message: "the first one", at: first!.keyword.site }],
    };
}

/** Lines of a tracking list: the daemon reports a second one of the same name and ignores it (vrrp_track.c:224). */
function* repeatedEntries(items: readonly ConfigItem[], source: Source): Generator<RuleFinding> {
  const first = new Map<string, ConfigItem>();
  for (const item of items) {
    const name = canonicalAddress(item.keyword.value);
    if (isUnexpanded(name) || isSwallowed(item) || item.keyword.site.via?.kind === "sequence") continue;
    const kept = first.get(name);
    if (kept === undefined) first.set(name, item);
    else
      yield {
        at: item.keyword.site,
        message: `${shown(item.keyword.value)} stands twice in ${item.parent?.keyword.value ?? "the list"}: this one does not count`,
        notes: [{ message: "this one counts", at: kept.keyword.site }],
        fixes: fixWith("Remove the one that does not count", "review", removeItem(source, item)),
      };
  }
}

/** Options that each hop of a route has for itself. */
const ofHops = new Set(["via", "dev", "weight", "encap", "realms"]);

/** One option twice on a line: of a device and a track_group the daemon says so, of others the last one counts. */
function* repeatedOptions(item: ConfigItem): Generator<RuleFinding> {
  const hops = item.args.some(({ value }) => value === "nexthop");
  const first = new Map<string, ConfigWord>();
  const seen = new Set<ConfigWord>();
  for (const { row, name } of argumentsOf(item).values) {
    const key = row.aliasOf ?? row.name;
    if (seen.has(name) || name === item.keyword || row.name.startsWith("<") || (hops && ofHops.has(key))) continue;
    seen.add(name);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, name);
    else
      yield {
        at: name.site,
        message: `${name.value} stands twice on this line of ${item.parent?.keyword.value ?? "the list"}: only one of them counts`,
        notes: [{ message: "the other one", at: earlier.site }],
      };
  }
}

/** Several `use_vmac` lines add up, but each part of them may be given once. */
function* repeatedParts(items: readonly ConfigItem[]): Generator<RuleFinding> {
  const first = new Map<string, ConfigWord>();
  for (const item of items) {
    if (item.keyword.value !== "use_vmac" || item.entry === undefined) continue;
    for (const { argument, word } of argumentsOf(item).values) {
      if ((argument.type !== "interface" && argument.type !== "mac") || checkValue(word.value, argument).kind !== "ok") continue;
      const earlier = first.get(argument.type);
      if (earlier === undefined) first.set(argument.type, word);
      else
        yield {
          at: word.site,
          message: `use_vmac in ${placeOf(item)} has its ${argument.type === "mac" ? "address" : "name"} already: ${shown(word.value)} does not count`,
          notes: [{ message: "this one counts", at: earlier.site }],
        };
    }
  }
}

/** An interface can be in one garp_group only. */
function* sharedInterfaces(items: readonly ConfigItem[]): Generator<RuleFinding> {
  const first = new Map<string, ConfigWord>();
  for (const group of items) {
    if (group.keyword.value !== "garp_group") continue;
    const words = group.items.flatMap(({ keyword, args, items: inner }) =>
      keyword.value === "interface" ? args.slice(0, 1) : keyword.value === "interfaces" ? inner.map((line) => line.keyword) : [],
    );
    for (const word of words) {
      const earlier = first.get(word.value);
      if (isUnexpanded(word.value)) continue;
      if (earlier === undefined) first.set(word.value, word);
      else
        yield {
          at: word.site,
          message: `${shown(word.value)} is in a garp_group already: keepalived ignores it here`,
          notes: [{ message: "it is in this one", at: earlier.site }],
        };
    }
  }
}

/** Virtual interfaces have names of their own; a second instance loses the name, and gets one that the daemon makes up. */
function* sharedDevices(instances: readonly VrrpInstance[]): Generator<RuleFinding> {
  const first = new Map<string, { readonly word: ConfigWord; readonly instance: VrrpInstance }>();
  for (const instance of instances) {
    const ipvlan = one(instance.item, "use_ipvlan");
    const lines = [...all(instance.item, "use_vmac"), ...(ipvlan === undefined ? [] : [ipvlan])];
    const named = lines
      .flatMap((line) => argumentsOf(line).values)
      .find(
        ({ argument, word }) =>
          argument.type === "interface" && !isUnexpanded(word.value) && checkValue(word.value, argument).kind === "ok",
      );
    if (named === undefined) continue;
    const { word } = named;
    const earlier = first.get(word.value);
    if (earlier === undefined) first.set(word.value, { word, instance });
    else if (earlier.instance.name.value !== instance.name.value)
      yield {
        at: word.site,
        message: `${shown(word.value)} is the name of ${shown(earlier.instance.name.value)}'s virtual interface already: keepalived gives that of ${shown(instance.name.value)} another one`,
        notes: [{ message: "it is taken here", at: earlier.word.site }],
      };
  }
}

/** The daemon reports an interface that both an instance and its group track; own interfaces are told as that, dropped weights too. */
function* trackedByBoth({ instances, groupsByInstance, source }: Configuration): Generator<RuleFinding> {
  const groups = groupsByInstance();
  for (const { name, interface: own, trackInterfaces } of instances) {
    const group = groups.get(name.value);
    if (group === undefined) continue;
    for (const { item, name: tracked, weight } of trackInterfaces) {
      const other = group.trackInterfaces.find((entry) => entry.name.value === tracked.value);
      if (other === undefined || tracked.value === undefined || tracked.value === own?.value) continue;
      if (weight !== undefined && weight.value !== 0 && group.trackingWeight === undefined) continue;
      yield {
        at: tracked.site,
        message: `${shown(tracked.value)} is tracked by ${shown(name.value)} and by its group ${shown(group.name.value)}: keepalived wants one of the two, and without it here the group's line counts`,
        notes: [{ message: "the group tracks it for all members", at: other.name.site }],
        fixes: fixWith("Remove it from the instance", "review", removeItem(source, item)),
      };
    }
  }
}

const refused = (item: ConfigItem): boolean => {
  const { values, missing } = argumentsOf(item);
  return (
    missing.length > 0 ||
    values.some(({ word, argument }) => !["ok", "unknown", "too-many-decimals", "too-long"].includes(checkValue(word.value, argument).kind))
  );
};

const keptOf = (group: readonly ConfigItem[]): ConfigItem => {
  const first = group[0]!;
  // Once MASTER is set, the daemon takes no other state.
  if (first.keyword.value === "state") return group.find(({ args }) => args[0]?.value === "MASTER") ?? group.at(-1)!;
  const onRepeat = first.entry?.onRepeat;
  return onRepeat === "first" || onRepeat === "first-error" ? first : group.at(-1)!;
};

const textOf = ({ args }: ConfigItem): string => args.map(({ value }) => value).join(" ");
