import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { lookup } from "../../../grammar/vocabulary/index.ts";
import { fixWith, insertAt, removeItem, replaceWord } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { whyUnknown, type PlacedKeyword } from "../../analysis/keywords.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockNames, blockTitle, inPlace, list, placeOf, shown } from "../../analysis/wording.ts";
import { walkItems, type ConfigItem } from "../../model/node/items.ts";
import type { Configuration } from "../../model/node/model.ts";
import { isPlaceholder, isSwallowed, isTemplate } from "../../model/node/lost.ts";
import type { Source } from "../../model/node/source.ts";
import { once } from "../../model/node/once.ts";

export default defineRule({
  id: "misplaced-keyword",
  summary: "A valid word in a block that does not know it: keepalived ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3239", "keepalived v2.4.3 keepalived/check/check_http.c:484"],
  subject: "configuration",
  fix: "review",

  *check(configuration, { version }) {
    if (isTemplate(configuration)) return;
    const { derailed } = configuration.damage();
    const homes = once(() => blocksByPath(configuration.tree.items));
    const isBalanced = configuration.tree.problems.every(({ kind }) => kind !== "unclosed-block" && kind !== "missing-open");
    for (const item of walkItems(configuration.tree.items)) {
      if (isBalanced && isStray(item, configuration)) yield strayLine(item);
      if (item.entry !== undefined || item.context === undefined || derailed.has(item) || isPlaceholder(item)) continue;
      const why = whyUnknown(item.keyword.value, version);
      if (why.kind !== "elsewhere") continue;
      const word = shown(item.keyword.value);
      const modern = modernHere(item, why.places, version);
      const names = list(blockNames(why.places.map(({ context }) => context)), "or", 5);
      yield {
        at: item.keyword.site,
        message:
          `${word} has no meaning ${inPlace(item)}: it belongs to ${names}` +
          (modern === undefined ? ", and keepalived ignores it here" : `; the word here is ${modern}`),
        fixes: [
          ...(modern === undefined
            ? []
            : fixWith(`Write ${modern}, which puts the setting into force`, "review", replaceWord(item.keyword, modern))),
          ...move(homes(), configuration.source, item, why.places),
        ],
      };
    }
  },
});

/** A line of a list that is a keyword of the block around, although the list is closed and no brace is lost. */
const isStray = (item: ConfigItem, { symbols }: Configuration): boolean =>
  isSwallowed(item) &&
  item.context !== undefined &&
  lookup(item.context, item.keyword.value) === undefined &&
  !symbols.definitions.some(({ name }) => name.value === item.keyword.value);

const strayLine = (item: ConfigItem): RuleFinding => {
  const around = item.parent!;
  return {
    at: item.keyword.site,
    message: `${shown(item.keyword.value)} stands within ${around.keyword.value}, which keepalived reads as an entry: it belongs to ${placeOf(around)}`,
    notes: around.open === undefined ? [] : [{ message: `${around.keyword.value} begins here`, at: around.keyword.site }],
  };
};

/** `nb_get_retry` in a TCP_CHECK: what it is called today, when that word is known in this place. */
const modernHere = (item: ConfigItem, places: readonly PlacedKeyword[], version: string): string | undefined => {
  const by = places.find(({ row }) => row.deprecated?.by !== undefined)?.row.deprecated?.by;
  const row = by === undefined || item.context === undefined ? undefined : lookup(item.context, by);
  return row === undefined || !knownIn(row, version) ? undefined : by;
};

/** Blocks by their place; undefined where there are several of one place. */
const blocksByPath = (items: readonly ConfigItem[]): ReadonlyMap<string, ConfigItem | undefined> => {
  const found = new Map<string, ConfigItem | undefined>();
  for (const item of walkItems(items)) {
    const path = item.kind === "block" ? pathOf(item) : undefined;
    if (path !== undefined) found.set(path, found.has(path) ? undefined : item);
  }
  return found;
};

/** Moves a line to the block around it, or to the only block that takes it. */
const move = (
  blocks: ReadonlyMap<string, ConfigItem | undefined>,
  source: Source,
  item: ConfigItem,
  places: readonly PlacedKeyword[],
): readonly Fix[] => {
  if (item.kind === "block" || !item.keyword.literal) return [];
  const around = ancestors(item).find((block) => places.some(({ context }) => context === pathOf(block)));
  const target = around ?? only(places.flatMap(({ context }) => blocks.get(context) ?? []));
  const line = source.line(item.site);
  if (target?.open === undefined || target.open.via !== undefined || target.open.file !== item.site.file || line === undefined) return [];
  if (!/^[ \t]*$/u.test(line.before)) return [];
  const first = target.items[0];
  const indentation = (first === undefined ? undefined : source.indentation(first.site)) ?? `${source.indentation(target.site) ?? ""}    `;
  const text = [item.keyword, ...item.args].map(({ value, quoted }) => (quoted ? `"${value}"` : value)).join(" ");
  const inserted = insertAt(target.open.file, target.open.span.end, `\n${indentation}${text}`);
  return fixWith(`Move the line to ${blockTitle(target)}`, "review", [...removeItem(source, item), inserted]);
};

const ancestors = (item: ConfigItem): readonly ConfigItem[] => (item.parent === undefined ? [] : [item.parent, ...ancestors(item.parent)]);

const only = (found: readonly ConfigItem[]): ConfigItem | undefined => (found.length === 1 ? found[0] : undefined);

const pathOf = ({ context, keyword }: ConfigItem): string | undefined =>
  context === undefined ? undefined : context === "" ? keyword.value : `${context}/${keyword.value}`;
