/** Applying fixes to texts. */
import type { Edit, Fix } from "./finding.ts";

/**
 * The texts after the fixes. A fix is applied whole or not at all: one that overlaps an earlier one is left for the next
 * round; equal edits of two fixes count once.
 */
export const applyFix = (texts: ReadonlyMap<string, string>, fixes: readonly Fix[]): ReadonlyMap<string, string> => {
  const taken = new Map<string, Edit[]>();
  for (const { edits } of fixes) {
    const fresh = edits.filter((edit) => !(taken.get(edit.at.file) ?? []).some((other) => sameEdit(edit, other)));
    if (fresh.some((edit) => (taken.get(edit.at.file) ?? []).some((other) => overlap(edit, other)))) continue;
    if (edits.some(({ at }) => !texts.has(at.file))) continue;
    for (const edit of fresh) taken.set(edit.at.file, [...(taken.get(edit.at.file) ?? []), edit]);
  }
  return new Map([...texts].map(([file, text]) => [file, applyEdits(text, taken.get(file) ?? [])]));
};

const sameEdit = (a: Edit, b: Edit): boolean =>
  a.at.span.start === b.at.span.start && a.at.span.end === b.at.span.end && a.replacement === b.replacement;

const overlap = (a: Edit, b: Edit): boolean =>
  (a.at.span.start < b.at.span.end && b.at.span.start < a.at.span.end) || a.at.span.start === b.at.span.start;

const applyEdits = (text: string, edits: readonly Edit[]): string => {
  let result = text;
  for (const { at, replacement } of edits.toSorted((a, b) => b.at.span.start - a.at.span.start))
    result = result.slice(0, at.span.start) + replacement + result.slice(at.span.end);
  return result;
};
