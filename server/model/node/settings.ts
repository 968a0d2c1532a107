/**
 * Reading values out of items. A setting is undefined when it is not written or when the daemon ignores what is
 * written (an invalid number); its value is undefined when it is written but cannot be known (an unexpanded `$NAME`, a
 * template mark): three different things that rules must not mix up.
 */
import type { Site, Sited } from "../../../grammar/text.ts";
import { checkValue, isUnexpanded, parseBoolean } from "../../../grammar/vocabulary/values.ts";
import type { ConfigItem, ConfigWord } from "./items.ts";

export type Setting<T> = Sited<T | undefined>;

/** A keyword without value, or with a boolean: written and true. */
export type Flag = Setting<boolean>;

/** Statements and blocks of one keyword directly below an item, in order. */
export const all = (item: ConfigItem, ...names: readonly string[]): readonly ConfigItem[] =>
  item.items.filter(({ keyword }) => names.includes(keyword.value));

/** The daemon keeps the last of repeated scalars (on_repeat "last"), the first where the vocabulary says so of the first. */
export const one = (item: ConfigItem, ...names: readonly string[]): ConfigItem | undefined => {
  let found: ConfigItem | undefined;
  for (const line of item.items) {
    if (!names.includes(line.keyword.value)) continue;
    const { entry } = line;
    if (found === undefined && (entry?.onRepeat === "first" || entry?.onRepeat === "first-error")) return line;
    found = line;
  }
  return found;
};

/**
 * Whether nobody can know what a word of an item will be. Of a `${NAME}` that nothing defines, the word is `$` and the
 * brace behind it opens a block (grammar facts 8.4).
 */
export const isUnknownWord = (item: ConfigItem, word: ConfigWord): boolean =>
  isUnexpanded(word.value) || (item.kind === "block" && word.value.endsWith("$") && word === (item.args.at(-1) ?? item.keyword));

export const wordSetting = (item: ConfigItem | undefined, index = 0): Setting<string> | undefined => {
  const word = item?.args[index];
  return item === undefined || word === undefined
    ? undefined
    : { value: isUnknownWord(item, word) ? undefined : word.value, site: word.site };
};

/** A number as the vocabulary's row reads it; undefined when the daemon would refuse it. */
export const numberSetting = (item: ConfigItem | undefined, index = 0): Setting<number> | undefined => {
  const word = item?.args[index];
  if (item === undefined || word === undefined) return undefined;
  const argument = item.entry?.args[index];
  const check = argument === undefined ? { kind: "ok" as const } : checkValue(word.value, argument);
  if (check.kind === "unknown" || isUnknownWord(item, word)) return { value: undefined, site: word.site };
  // What the daemon reports and uses all the same.
  if (check.kind === "zero-replaced") return { value: check.by, site: word.site };
  if (check.kind !== "ok" && check.kind !== "too-many-decimals") return undefined;
  const value = Number(word.value);
  return Number.isFinite(value) ? { value, site: word.site } : undefined;
};

/** A flag at the place of its keyword. A boolean the daemon refuses leaves the flag unwritten. */
export const flagSetting = (item: ConfigItem | undefined): Flag | undefined => {
  if (item === undefined) return undefined;
  const word = item.args[0];
  if (word === undefined || item.entry?.args[0]?.type !== "boolean") return { value: true, site: item.keyword.site };
  if (isUnexpanded(word.value)) return { value: undefined, site: item.keyword.site };
  const value = parseBoolean(word.value);
  return value === undefined ? undefined : { value, site: item.keyword.site };
};

/** The span of a word's text without its quotes, cut to a part of it. */
export const partOfWord = (word: ConfigWord, start: number, end: number): Site => {
  if (!word.literal) return word.site;
  const base = word.site.span.start + (word.quoted ? 1 : 0);
  return { file: word.site.file, span: { start: base + start, end: base + end } };
};
