import { checkValue, isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { placeOf, shown } from "../../analysis/wording.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import { walkItems, type ConfigItem } from "../../model/node/items.ts";
import { isSwallowed, isTemplate } from "../../model/node/lost.ts";
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
  ],
  subject: "configuration",
  fix: "review",

  *check(configuration) {
    if (isTemplate(configuration)) return;
    const source = configuration.source;
    yield* repeated(configuration.tree.items, source);
    for (const item of walkItems(configuration.tree.items)) {
      if (item.items.length < 2) continue;
      yield* repeated(item.items, source);
      if (/^(?:vrrp_)?track_/u.test(item.keyword.value) && item.entry?.kind === "list-block") yield* repeatedEntries(item.items, source);
    }
  },
});

function* repeated(items: readonly ConfigItem[], source: Source): Generator<RuleFinding> {
  const groups = new Map<string, ConfigItem[]>();
  for (const item of items) {
    const { entry } = item;
    if (
      item.kind !== "statement" ||
      entry === undefined ||
      entry.kind !== "statement" ||
      entry.onRepeat === "append" ||
      entry.onRepeat === "merge"
    )
      continue;
    // A value the daemon refuses has a finding of its own, and leaves the other one in force.
    if (refused(item)) continue;
    // A second name in an SMTP_CHECK is an error, with a rule of its own.
    if (item.keyword.value === "helo_name") continue;
    // Rounds of a sequence write one line many times.
    if (item.site.via?.kind === "sequence" || item.args.some(({ site }) => site.via?.kind === "sequence")) continue;
    const key = entry.aliasOf ?? entry.name;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  for (const group of groups.values()) {
    if (group.length < 2) continue;
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
  const [dropped, counts] = [item, kept].map(({ args }) => shown(args.map(({ value }) => value).join(" ")));
  return secret || dropped === "" || counts === "" ? "this one does not count" : `${dropped} does not count, ${counts} does`;
};

/** Lines of a tracking list: the daemon reports a second one of the same name and ignores it (vrrp_track.c:224). */
function* repeatedEntries(items: readonly ConfigItem[], source: Source): Generator<RuleFinding> {
  const first = new Map<string, ConfigItem>();
  for (const item of items) {
    const name = item.keyword.value;
    if (isUnexpanded(name) || isSwallowed(item) || item.keyword.site.via?.kind === "sequence") continue;
    const kept = first.get(name);
    if (kept === undefined) first.set(name, item);
    else
      yield {
        at: item.keyword.site,
        message: `${shown(name)} stands twice in ${item.parent?.keyword.value ?? "the list"}: this one does not count`,
        notes: [{ message: "this one counts", at: kept.keyword.site }],
        fixes: fixWith("Remove the one that does not count", "review", removeItem(source, item)),
      };
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
