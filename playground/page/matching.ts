/** Which completions go with what is typed, in which order, and what an accepted one writes. */
import type { ShownCompletion } from "../messages.ts";

/** A longer list is not read. */
const most = 100;

/** 0 for a word that begins so, 1 for one with a part that does, 2 for one that has the letters in this order; undefined for others. */
const distance = (label: string, typed: string): number | undefined => {
  const [word, sought] = [label.toLowerCase(), typed.toLowerCase()];
  if (word.startsWith(sought)) return 0;
  if (word.includes(`_${sought}`)) return 1;
  let at = -1;
  for (const letter of sought) {
    at = word.indexOf(letter, at + 1);
    if (at < 0) return undefined;
  }
  return 2;
};

export const matching = (all: readonly ShownCompletion[], typed: string): readonly ShownCompletion[] =>
  all
    .flatMap((item) => {
      const far = distance(item.label, typed);
      return far === undefined ? [] : [{ item, far }];
    })
    .toSorted((a, b) => a.far - b.far || a.item.rank - b.item.rank || (a.item.label < b.item.label ? -1 : 1))
    .slice(0, most)
    .map(({ item }) => item);

/** A text with `${1:name}` and `$0` in it and a tab for a step of indentation, and what is selected after it was written. */
export const written = (
  { text, snippet }: Pick<ShownCompletion, "text" | "snippet">,
  indentation: string,
): { insert: string; start: number; end: number } => {
  if (!snippet) return { insert: text, start: text.length, end: text.length };
  let first: readonly [number, number] | undefined;
  let insert = "";
  for (const part of text
    .replaceAll("\t", "    ")
    .replaceAll("\n", `\n${indentation}`)
    .split(/(\$\{\d+(?::[^{}]*)?\}|\$\d+)/u)) {
    const [isPlace, name = ""] = /^\$\{?\d+:?([^{}]*)\}?$/u.exec(part) ?? [];
    if (isPlace !== undefined) first ??= [insert.length, insert.length + name.length];
    insert += isPlace === undefined ? part : name;
  }
  const [start, end] = first ?? [insert.length, insert.length];
  return { insert, start, end };
};
