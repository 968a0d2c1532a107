/** Applying fixes to texts: which of them go together, and what the texts are afterwards. */
import type { Span } from "../../grammar/text.ts";
import type { Edit, Fix } from "./finding.ts";

export interface Compatible<Carrier> {
  /** Those that can be applied together, in the given order. */
  readonly taken: readonly Carrier[];
  /** Those that overlap one that was taken before: for the next round. */
  readonly left: readonly Carrier[];
}

/** A fix is taken whole or not at all; the first wins where two overlap. Equal edits of two fixes count once. */
export const compatible = <Carrier>(carriers: readonly Carrier[], fixOf: (carrier: Carrier) => Fix): Compatible<Carrier> => {
  const spans = new Map<string, Taken>();
  const takenIn = (file: string): Taken => {
    const known = spans.get(file) ?? { sorted: [], edits: new Set<string>() };
    spans.set(file, known);
    return known;
  };
  const taken: Carrier[] = [];
  const left: Carrier[] = [];
  for (const carrier of carriers) {
    const fresh = distinct(fixOf(carrier).edits).filter((edit) => !takenIn(edit.at.file).edits.has(keyOf(edit)));
    if (fresh.some(({ at }) => touches(takenIn(at.file).sorted, at.span)) || clashAmong(fresh)) left.push(carrier);
    else {
      for (const edit of fresh) add(takenIn(edit.at.file), edit);
      taken.push(carrier);
    }
  }
  return { taken, left };
};

/** The texts after these fixes, of which those that overlap an earlier one, or edit another file, are left out. */
export const applyFix = (texts: ReadonlyMap<string, string>, fixes: readonly Fix[]): ReadonlyMap<string, string> => {
  const known = fixes.filter(({ edits }) => edits.every(({ at }) => texts.has(at.file)));
  const edits = compatible(known, (fix) => fix).taken.flatMap((fix) => fix.edits);
  const byFile = grouped(edits);
  return new Map([...texts].map(([file, text]) => [file, applyEdits(text, byFile.get(file) ?? [])]));
};

interface Taken {
  /** By their start. */
  readonly sorted: Span[];
  readonly edits: Set<string>;
}

const grouped = (edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> => {
  const found = new Map<string, Edit[]>();
  for (const edit of edits) {
    const own = found.get(edit.at.file);
    if (own === undefined) found.set(edit.at.file, [edit]);
    else own.push(edit);
  }
  return found;
};

const keyOf = ({ at: { span }, replacement }: Edit): string => `${span.start} ${span.end} ${replacement}`;

const distinct = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [`${edit.at.file} ${keyOf(edit)}`, edit])).values(),
];

const clashAmong = (edits: readonly Edit[]): boolean => {
  const sorted = edits.toSorted((a, b) => (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.span.start - b.at.span.start));
  return sorted.some(({ at }, index) => {
    const before = sorted[index - 1]?.at;
    return before !== undefined && before.file === at.file && overlap(before.span, at.span);
  });
};

/** Two insertions at one place overlap: nobody could say which comes first. */
const overlap = (a: Span, b: Span): boolean => (a.start < b.end && b.start < a.end) || a.start === b.start;

/** What is taken never overlaps, so only the neighbours of a place can. */
const touches = (sorted: readonly Span[], span: Span): boolean => {
  const next = firstFrom(sorted, span.start);
  return [sorted[next - 1], sorted[next]].some((other) => other !== undefined && overlap(other, span));
};

const add = ({ sorted, edits }: Taken, edit: Edit): void => {
  sorted.splice(firstFrom(sorted, edit.at.span.start), 0, edit.at.span);
  edits.add(keyOf(edit));
};

const firstFrom = (sorted: readonly Span[], offset: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Rules write lines that end in LF; in a file of CR LF lines they end as the others do. */
const applyEdits = (text: string, edits: readonly Edit[]): string => {
  if (edits.length === 0) return text;
  const crlf = /^[^\n]*\r\n/u.test(text);
  const parts: string[] = [];
  let from = 0;
  for (const { at, replacement } of distinct(edits).toSorted((a, b) => a.at.span.start - b.at.span.start)) {
    parts.push(text.slice(from, at.span.start), crlf ? replacement.replaceAll(/\r?\n/gu, "\r\n") : replacement);
    from = Math.min(at.span.end, text.length);
  }
  return [...parts, text.slice(from)].join("");
};
