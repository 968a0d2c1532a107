/**
 * One of the texts that a template may make, with every character where it stands in the template: marks and what is not
 * taken become blanks, values become a sign that stands for something nobody knows. So an offset in the one is an offset
 * in the other.
 */
import type { Span } from "../text.ts";
import type { Mark } from "./marks.ts";
import type { Branch, Choice, Template } from "./template.ts";

/** Which branch of each choice is taken, by its index; -1 is none of them. */
export type Taken = (choice: Choice) => number;

export interface Rendered {
  readonly text: string;
  /** What is in the template and not in this text: other branches. Sorted, without overlaps. */
  readonly left: readonly Span[];
}

/** Noncharacters of Unicode, which no text holds: the first begins a sign, the last fills it up, those between number it. */
const first = 0xfdd0;
export const signStart = first;
const filler = "\u{fdef}";
const digits = 30;

/** The sign of the mark with this index, as long as the mark. */
const signOf = (index: number, length: number): string => {
  const number = [index % digits, Math.floor(index / digits) % digits, Math.floor(index / digits / digits) % digits];
  const sign = String.fromCharCode(first, ...number.map((digit) => first + 1 + digit));
  return sign.slice(0, length) + filler.repeat(Math.max(0, length - sign.length));
};

const sign = /\u{fdd0}[\u{fdd1}-\u{fdee}]{3}\u{fdef}*/gu;

/** A text that was made of a rendered one, with the marks in it again. */
export const withMarks = (text: string, { text: source, marks }: Template): string =>
  text.includes("\u{fdd0}")
    ? text.replace(sign, (found) => {
        const [a, b, c] = [1, 2, 3].map((at) => found.charCodeAt(at) - first - 1);
        const mark = marks[a! + b! * digits + c! * digits * digits];
        return mark === undefined ? "…" : source.slice(mark.start, mark.end).replaceAll(/\s+/gu, " ");
      })
    : text;

/** Behind the sign that begins at an offset. */
export const endOfSign = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) > first && text.charCodeAt(at) <= first + 31) at++;
  return at;
};

/** Whether a text holds the sign of a value. */
export const holdsSign = (text: string): boolean => text.includes("\u{fdd0}");

const blanks = /[^\n]/gu;

export const render = (template: Template, taken: Taken): Rendered => {
  const { text, marks } = template;
  const pieces: { readonly start: number; readonly end: number; readonly by: string }[] = [];
  const put = (start: number, end: number, by: string): void => void (end > start && pieces.push({ start, end, by }));
  const left: Span[] = [];
  const numbers = new Map(marks.map(({ start }, index) => [start, index]));
  const ends = new Map(marks.map((mark) => [mark.end, mark]));
  const trims = (mark: Mark | undefined): void => {
    if (mark === undefined) return;
    put(mark.start - spaceBefore(text, mark), mark.start, " ".repeat(spaceBefore(text, mark)));
    put(mark.end, mark.end + spaceBehind(text, mark), " ".repeat(spaceBehind(text, mark)));
  };

  const drop = (span: Span): void => {
    left.push({ start: span.start, end: span.end });
    put(span.start, span.end, blank(text, span));
  };
  const whole = (choice: Choice): void => {
    left.push({ start: choice.start, end: choice.end });
    put(choice.start, choice.end, signOf(numbers.get(choice.start)!, choice.end - choice.start));
  };
  const visit = (choice: Choice): void => {
    if (choice.holds === "changed" || (choice.holds !== "elsewhere" && isInline(choice))) return whole(choice);
    const index = numbers.get(choice.start)!;
    const branch = choice.holds === "elsewhere" ? undefined : choice.branches[taken(choice)];
    const counts = branch !== undefined && branch === choice.branches[0] && choice.holds === "loop" && standsAlone(text, choice.close);
    trims(marks[index]);
    if (!counts) trims(ends.get(choice.end));
    if (branch === undefined) return drop(choice);
    trims(ends.get(branch.start));
    if (!counts) trims(marks[numbers.get(branch.end)!]);
    if (branch.start > choice.start) put(choice.start, branch.start, blank(text, { start: choice.start, end: branch.start }));
    for (const other of choice.branches) if (other !== branch) left.push({ start: other.start, end: other.end });
    for (const each of branch.choices) visit(each);
    const before = counts ? choice.close.start : choice.end;
    put(branch.end, before, blank(text, { start: branch.end, end: before }));
    // Nobody knows how many more of the same there are.
    if (before < choice.end) put(before, choice.end, signOf(index, choice.end - before));
  };
  /**
   * Whether a choice makes part of a word: then nobody knows the word. How many words a loop makes of a line is not known
   * either. A choice that holds words of their own is read like any other.
   */
  const isInline = (choice: Choice): boolean => {
    if (text.slice(choice.start, choice.end).includes("\n")) return false;
    if (choice.holds === "loop" || ends.has(choice.start) || numbers.has(choice.end)) return true;
    return [text[choice.start - 1], text[choice.end]].some((c) => c !== undefined && /[^\s{}]/u.test(c));
  };

  for (const choice of template.choices) visit(choice);
  const held = covered(pieces);
  marks.forEach((mark, index) => {
    if (!held(mark.start)) put(...pieceOf(text, mark, index));
  });
  return { text: assembled(text, pieces), left: left.toSorted((a, b) => a.start - b.start) };
};

/** What a mark becomes that holds no text, with the white space it takes along. */
const pieceOf = (text: string, mark: Mark, index: number): [number, number, string] => {
  // A value that is a line of its own stays one.
  const alone = mark.does === "value" && standsAlone(text, mark);
  const start = alone ? mark.start : mark.start - spaceBefore(text, mark);
  const end = alone ? mark.end : mark.end + spaceBehind(text, mark);
  if (mark.does === "literal" && mark.text!.length <= end - start)
    return [start, end, mark.text! + " ".repeat(end - start - mark.text!.length)];
  if (mark.does === "value" || mark.does === "literal") return [start, end, signOf(index, end - start)];
  return [start, end, " ".repeat(end - start)];
};

const spaceBefore = (text: string, { start, trimBefore }: Mark): number => {
  let at = start;
  if (trimBefore === "blank") while (at > 0 && /\s/u.test(text[at - 1]!)) at--;
  return start - at;
};

const spaceBehind = (text: string, { end, trimAfter }: Mark): number => {
  let at = end;
  if (trimAfter === "blank") while (at < text.length && /\s/u.test(text[at]!)) at++;
  else if (trimAfter === "newline") {
    while (text[at] === " " || text[at] === "\t") at++;
    return text[at] === "\n" ? at + 1 - end : 0;
  }
  return at - end;
};

/** What is not taken, as blanks. Its line ends stay where they can do no harm. */
const blank = (text: string, { start, end }: Span): string => {
  const gone = text.slice(start, end);
  return isWritten(lineBefore(text, start)) && isWritten(lineBehind(text, end)) ? " ".repeat(gone.length) : gone.replace(blanks, " ");
};

const isWritten = (part: string): boolean => /\S/u.test(part);
/** As much of a line as tells whether something is written on it: more than that many blanks are none. */
const reach = 300;
const lineBefore = (text: string, at: number): string => {
  const before = text.slice(Math.max(0, at - reach), at);
  return before.slice(before.lastIndexOf("\n") + 1);
};
const lineBehind = (text: string, at: number): string => {
  const behind = text.slice(at, at + reach);
  const feed = behind.indexOf("\n");
  return feed < 0 ? behind : behind.slice(0, feed);
};

const standsAlone = (text: string, { start, end }: Span): boolean =>
  !isWritten(lineBefore(text, start)) && !isWritten(lineBehind(text, end));

/** Whether an offset lies in one of the pieces, which are in order. */
const covered = (pieces: readonly Span[]): ((offset: number) => boolean) => {
  const own = pieces.toSorted((a, b) => a.start - b.start);
  return (offset) => {
    let low = 0;
    let high = own.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { start, end } = own[middle]!;
      if (offset < start) high = middle - 1;
      else if (offset >= end) low = middle + 1;
      else return true;
    }
    return false;
  };
};

const assembled = (text: string, pieces: readonly { readonly start: number; readonly end: number; readonly by: string }[]): string => {
  let made = "";
  let at = 0;
  for (const { start, end, by } of pieces.toSorted((a, b) => a.start - b.start)) {
    // White space that two marks take along belongs to the first.
    const from = Math.max(at, start);
    if (end <= from) continue;
    made += text.slice(at, from) + by.slice(from - start);
    at = end;
  }
  return made + text.slice(at);
};

/** All branches of a template, the outer ones before those in them, each with what must be taken to come there. */
export const branchesOf = (template: Template): readonly { readonly branch: Branch; readonly way: ReadonlyMap<number, number> }[] => {
  const found: { readonly branch: Branch; readonly way: ReadonlyMap<number, number> }[] = [];
  const visit = (choices: readonly Choice[], way: ReadonlyMap<number, number>): void => {
    for (const choice of choices)
      choice.branches.forEach((branch, number) => {
        const own = new Map([...way, [choice.index, number]]);
        found.push({ branch, way: own });
        visit(branch.choices, own);
      });
  };
  visit(template.choices, new Map());
  return found;
};
