/** Edits that several rules make. All of them touch only text that somebody wrote literally. */
import type { Site } from "../../grammar/text.ts";
import type { ConfigItem, ConfigWord } from "../model/node/items.ts";
import type { Source } from "../model/node/source.ts";
import type { Edit, Fix } from "./finding.ts";

export const insertAt = (file: string, offset: number, replacement: string): Edit => ({
  at: { file, span: { start: offset, end: offset } },
  replacement,
});

/** Takes a statement away, with its line when it is alone on it. Nothing for what was composed from definitions. */
export const removeItem = (source: Source, item: ConfigItem): readonly Edit[] =>
  [item.keyword, ...item.args].every(({ literal }) => literal) ? removeLine(source, item.site) : [];

/** Takes the text of a site away, with its line when it is alone on it. */
export const removeLine = (source: Source, site: Site): readonly Edit[] => {
  const line = source.line(site);
  if (line === undefined) return [];
  const { before, after } = line;
  if (!/^[ \t]*$/u.test(before) || !/^[ \t\r]*(?:[#!].*)?$/u.test(after)) return [{ at: site, replacement: "" }];
  const start = site.span.start - before.length;
  return [{ at: { file: site.file, span: { start, end: site.span.end + after.length + 1 } }, replacement: "" }];
};

/** Takes a word away together with the blanks before it. */
export const removeWord = (source: Source, word: ConfigWord): readonly Edit[] => {
  const before = source.line(word.site)?.before;
  if (before === undefined || !word.literal) return [];
  const blanks = before.length - before.trimEnd().length;
  const { file, span } = word.site;
  return [{ at: { file, span: { start: span.start - blanks, end: span.end } }, replacement: "" }];
};

/** Writes another text in place of a word; in quotes where the word was. */
export const replaceWord = (word: ConfigWord, replacement: string): readonly Edit[] =>
  word.literal ? [{ at: word.site, replacement: word.quoted ? `"${replacement}"` : replacement }] : [];

/** Replaces single characters of a word, one edit for each, so that no part of the word is written again. */
export const replaceCharacters = (
  word: ConfigWord,
  wrong: (character: string) => boolean,
  right: (character: string) => string,
): readonly Edit[] => {
  const { file, span } = word.site;
  if (!word.literal) return [];
  return word.value.split("").flatMap((character, index) => {
    const start = span.start + (word.quoted ? 1 : 0) + index;
    return wrong(character) ? [{ at: { file, span: { start, end: start + 1 } }, replacement: right(character) }] : [];
  });
};

/** A fix, when there is anything to edit. */
export const fixWith = (title: string, safety: Fix["safety"], edits: readonly Edit[]): readonly Fix[] =>
  edits.length === 0 ? [] : [{ title, safety, edits }];

/** The piece of a site's file behind it. */
export const behind = ({ file, span }: Site, length: number): Site => ({ file, span: { start: span.end, end: span.end + length } });
