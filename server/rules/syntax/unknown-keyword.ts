import { formerWord } from "../../../grammar/vocabulary/former.ts";
import { context, lookup } from "../../../grammar/vocabulary/index.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import type { ContextId, Version } from "../../../grammar/vocabulary/types.ts";
import { checkValue, isUnexpanded, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { foreignCommentIn, hasInvisible, hasSmartQuotes } from "../../analysis/characters.ts";
import { fixWith, insertAt, replaceWord } from "../../analysis/edits.ts";
import { leftoversOf } from "../../analysis/leftover.ts";
import { whyUnknown } from "../../analysis/keywords.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { didYouMean, inPlace, list, placeOf, shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import { walkItems, type ConfigItem } from "../../model/node/items.ts";
import { closesBracket, isPlaceholder, isTemplate } from "../../model/node/lost.ts";
import type { Source } from "../../model/node/source.ts";
import { isSecondEntry } from "../../model/node/second.ts";

/** Looking for near words takes time; a text with more unknown words than this is not a configuration with typing mistakes. */
const mostLooked = 500;

export default defineRule({
  id: "unknown-keyword",
  summary: "A word that keepalived does not know: it ignores the line and goes on.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:3239",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:662",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iproute.c:1349",
    "keepalived v2.4.3 keepalived/check/check_data.c:258",
  ],
  subject: "configuration",
  fix: "review",

  *check(configuration, { version }) {
    if (isTemplate(configuration)) return;
    const { derailed } = configuration.damage();
    let looked = 0;
    const instances = new Set(configuration.instances.map(({ name }) => name.value));
    const conflicts: ConfigItem[] = [];
    for (const item of walkItems(configuration.tree.items)) {
      if (item.context === undefined || derailed.has(item) || isPlaceholder(item) || closesBracket(item) || isForeign(item, item.context))
        continue;
      if (item.entry === undefined && conflictMark.test(item.keyword.value)) conflicts.push(item);
      else if (item.entry === undefined && item.context === "vrrp_sync_group" && instances.has(item.keyword.value))
        yield memberOutside(item, configuration.source);
      else if (item.entry === undefined && whyUnknown(item.keyword.value, version).kind === "nowhere")
        yield unknownLine(item, looked++ < mostLooked ? keywordsIn(item.context, version) : []);
      else if (isListLine(item)) yield* unknownOptions(item, version);
    }
    yield* mergeConflicts(conflicts);
  },
});

/** The lines that version control leaves in a file it could not merge. */
const conflictMark = /^(?:<{7}|={7}|>{7}|\|{7})$/u;

/** One finding for each conflict, at its first mark. A row of `=` alone is no conflict. */
function* mergeConflicts(marks: readonly ConfigItem[]): Generator<RuleFinding> {
  const starts = marks.flatMap(({ keyword }, index) => (keyword.value.startsWith("<") ? [index] : []));
  const first = starts[0] ?? marks.length;
  for (const { keyword } of marks.slice(0, first))
    yield { at: keyword.site, message: `${keyword.value} is no keyword: keepalived ignores the line` };
  for (const [position, start] of starts.entries()) {
    const [mark, ...others] = marks.slice(start, starts[position + 1] ?? marks.length);
    yield {
      at: mark!.keyword.site,
      message: `${mark!.keyword.value} begins a merge conflict that nobody has resolved: keepalived reads both sides, one after the other`,
      notes: others.map(({ keyword }) => ({
        message: keyword.value.startsWith(">") ? "it ends here" : "the other side begins here",
        at: keyword.site,
      })),
    };
  }
}

/** `vrrp_sync_group VG { VI_1 }`: members stand in a block of their own. */
const memberOutside = (item: ConfigItem, source: Source): RuleFinding => {
  const { keyword, site } = item;
  const indentation = source.indentation(site);
  return {
    at: keyword.site,
    message: `${shown(keyword.value)} stands in ${placeOf(item)} outside of group { }: keepalived ignores the line`,
    fixes:
      indentation === undefined || item.kind === "block" || !keyword.literal
        ? []
        : fixWith("Put it into a group", "review", [
            insertAt(site.file, site.span.start, `group {\n${indentation}    `),
            insertAt(site.file, site.span.end, `\n${indentation}}`),
          ]),
  };
};

/** What looks like another language, or like something it is not, has rules of its own. */
const isForeign = (item: ConfigItem, place: ContextId): boolean => {
  const { keyword, entry, args } = item;
  if (hasInvisible(keyword.value) || hasSmartQuotes(keyword.value) || foreignCommentIn(keyword.value) !== undefined) return true;
  if (args.some(({ value }) => hasInvisible(value))) return true;
  if (leftoversOf(item)[0]?.[0] === keyword) return true;
  const glued = entry === undefined ? /^([a-z0-9_-]+)[=:;]/iu.exec(keyword.value)?.[1] : undefined;
  return glued !== undefined && lookup(place, glued) !== undefined;
};

const unknownLine = (item: ConfigItem, candidates: readonly string[]): RuleFinding => {
  const { keyword, kind } = item;
  const former = formerWord(keyword.value);
  const nearest = former?.by ?? nearestWord(keyword.value, candidates);
  const where = inPlace(item);
  const block = kind === "block" && item.open !== undefined;
  return {
    at: keyword.site,
    message: `${shown(keyword.value)} is no keyword ${where}: keepalived ignores ${block ? "the block's header" : "the line"}${didYouMean(nearest)}`,
    notes: [
      ...(former === undefined ? [] : [{ message: former.note }]),
      ...(block && item.parent !== undefined
        ? [{ message: `to keepalived its } already ends ${placeOf(item)}`, at: item.close ?? item.site }]
        : []),
    ],
    fixes:
      nearest === undefined || former !== undefined
        ? []
        : fixWith(`Write ${nearest}, which puts the setting into force`, "review", replaceWord(keyword, nearest)),
  };
};

const withoutOptions = (place: ContextId): boolean => place === "virtual_server_group" || context(place)?.keywords.length === 0;

const keywordsIn = (place: ContextId, version: Version): readonly string[] =>
  (context(place)?.keywords ?? []).filter((row) => knownIn(row, version) && row.deprecated === undefined).map(({ name }) => name);

/** What follows an entry without being an option: told once for a line, and not when the entry itself is wrong. */
function* unknownOptions(item: ConfigItem, version: Version): Generator<RuleFinding> {
  const { values, extra } = argumentsOf(item);
  const all = extra.filter((word) => !isUnexpanded(word.value) && !isSecondEntry(item, word));
  const [first] = all;
  if (
    first === undefined ||
    values.some(({ word, argument }) => word === item.keyword && checkValue(word.value, argument).kind === "bad-address")
  )
    return;
  const destination =
    item.context?.endsWith("_routes") === true ? values.find(({ argument }) => argument.name === "destination") : undefined;
  if (destination !== undefined && parseAddress(first.value) !== undefined) {
    yield {
      at: first.site,
      message: `${shown(first.value)} is a second destination on this line: keepalived takes the last one, and none of them leads to ${shown(destination.word.value)}`,
      notes: [{ message: "the first one", at: destination.word.site }],
    };
    return;
  }
  const known = lookup(item.context ?? "", first.value);
  if (known?.isEntry === true) {
    yield { at: first.site, message: `${first.value} counts only at the beginning of a line: keepalived skips this one` };
    return;
  }
  if (known !== undefined) {
    yield {
      at: first.site,
      message: `${shown(first.value)} stands behind nexthop, where only options of the hop count: keepalived reports it and reads no further`,
      notes: [{ message: "options of the whole route stand before the first nexthop" }],
    };
    return;
  }
  const nearest = nearestWord(first.value, keywordsIn(item.context ?? "", version));
  // What follows a misspelt option is most likely its value.
  const words = nearest === undefined ? all : [first];
  const place = item.parent?.keyword.value ?? "this block";
  yield {
    at: first.site,
    // Where an entry has no options they are surplus, as behind any other keyword.
    ...(withoutOptions(item.context ?? "") ? { severity: "warning" as const } : {}),
    message: `${list(
      words.map(({ value }) => shown(value)),
      "and",
      5,
    )} ${words.length === 1 ? "means" : "mean"} nothing on a line of ${place}: keepalived ignores ${words.length === 1 ? "it" : "them"}${didYouMean(nearest)}`,
    fixes: nearest === undefined ? [] : fixWith(`Write ${nearest}`, "review", replaceWord(first, nearest)),
  };
}
