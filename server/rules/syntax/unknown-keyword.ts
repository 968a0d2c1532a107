import { formerWord } from "../../../grammar/vocabulary/former.ts";
import { context, lookup } from "../../../grammar/vocabulary/index.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import type { ContextId, Version } from "../../../grammar/vocabulary/types.ts";
import { checkValue, isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { foreignCommentIn, hasInvisible, hasSmartQuotes } from "../../analysis/characters.ts";
import { fixWith, replaceWord } from "../../analysis/edits.ts";
import { leftoversOf } from "../../analysis/leftover.ts";
import { whyUnknown } from "../../analysis/keywords.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { didYouMean, list, placeOf, shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import { walkItems, type ConfigItem } from "../../model/node/items.ts";
import { isPlaceholder, isTemplate } from "../../model/node/lost.ts";
import { isSecondEntry } from "../../model/node/second.ts";

/** Looking for near words takes time; a text with more unknown words than this is not a configuration with typing mistakes. */
const mostLooked = 500;

export default defineRule({
  id: "unknown-keyword",
  summary: "A word that keepalived does not know: it ignores the line and goes on.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3239", "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:662"],
  subject: "configuration",
  fix: "review",

  *check(configuration, { version }) {
    if (isTemplate(configuration)) return;
    const { derailed } = configuration.damage();
    let looked = 0;
    for (const item of walkItems(configuration.tree.items)) {
      if (item.context === undefined || derailed.has(item) || isPlaceholder(item) || isForeign(item, item.context)) continue;
      if (item.entry === undefined && whyUnknown(item.keyword.value, version).kind === "nowhere")
        yield unknownLine(item, looked++ < mostLooked ? keywordsIn(item.context, version) : []);
      else if (isListLine(item)) yield* unknownOptions(item, version);
    }
  },
});

/** What looks like another language, or like something it is not, has rules of its own. */
const isForeign = (item: ConfigItem, place: ContextId): boolean => {
  const { keyword, entry, args } = item;
  if (hasInvisible(keyword.value) || hasSmartQuotes(keyword.value) || foreignCommentIn(keyword.value) !== undefined) return true;
  if (args.some(({ value }) => hasInvisible(value))) return true;
  if (leftoversOf(item)[0]?.[0] === keyword) return true;
  const glued = entry === undefined ? /^([a-z0-9_-]+)[=:]/iu.exec(keyword.value)?.[1] : undefined;
  return glued !== undefined && lookup(place, glued) !== undefined;
};

const unknownLine = (item: ConfigItem, candidates: readonly string[]): RuleFinding => {
  const { keyword, kind } = item;
  const former = formerWord(keyword.value);
  const nearest = former?.by ?? nearestWord(keyword.value, candidates);
  const where = item.parent === undefined ? "at the top level" : `in ${placeOf(item)}`;
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

const keywordsIn = (place: ContextId, version: Version): readonly string[] =>
  (context(place)?.keywords ?? []).filter((row) => knownIn(row, version) && row.deprecated === undefined).map(({ name }) => name);

/** What follows an entry without being an option: told once for a line, and not when the entry itself is wrong. */
function* unknownOptions(item: ConfigItem, version: Version): Generator<RuleFinding> {
  const { values, extra } = argumentsOf(item);
  const words = extra.filter((word) => !isUnexpanded(word.value) && !isSecondEntry(item, word));
  const [first] = words;
  if (
    first === undefined ||
    values.some(({ word, argument }) => word === item.keyword && checkValue(word.value, argument).kind === "bad-address")
  )
    return;
  const nearest = words.length === 1 ? nearestWord(first.value, keywordsIn(item.context ?? "", version)) : undefined;
  const place = item.parent?.keyword.value ?? "this block";
  yield {
    at: first.site,
    message: `${list(
      words.map(({ value }) => shown(value)),
      "and",
      5,
    )} ${words.length === 1 ? "means" : "mean"} nothing on a line of ${place}: keepalived ignores ${words.length === 1 ? "it" : "them"}${didYouMean(nearest)}`,
    fixes: nearest === undefined ? [] : fixWith(`Write ${nearest}`, "review", replaceWord(first, nearest)),
  };
}
