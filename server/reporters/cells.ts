/**
 * Text for a terminal: hostile characters escaped, tabs spread, secrets masked, and for every character the columns it
 * takes, so that a caret stands below what it means.
 */
import type { Span } from "../../grammar/text.ts";

const tabWidth = 4;

/** First and last code points that take two columns (Unicode EastAsianWidth W and F, emoji, planes 2 and 3). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x274c, 0x274c],
  [0x2753, 0x2757],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1b000, 0x1b2fb],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

const widthOf = (character: string): number => {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (/\p{M}/u.test(character)) return 0;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
};

/** Controls, format characters (bidirectional ones reorder a line), line separators. */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const dangerousAll = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** A byte that is no UTF-8, as server/host/text.ts keeps it, or half a pair. */
const undecodable = /[\ud800-\udfff]/u;
const undecodableAll = /[\ud800-\udfff]/gu;

const escaped = (character: string): string => {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
};

/** A text of the user for one line of a terminal: nothing in it moves the cursor, changes colours or reorders. */
export const printable = (text: string): string => text.replace(dangerousAll, escaped).replace(undecodableAll, "\ufffd");

/** Columns that a printable text takes. */
export const columnsOf = (text: string): number => {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
};

/** A piece of a shown line: what stands there, how wide, and where in the line it begins. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly offset: number;
}

const cellsOf = (line: string, masked: readonly Span[], mask: string): readonly Cell[] => {
  const cells: Cell[] = [];
  let column = 0;
  for (let offset = 0; offset < line.length;) {
    const secret = masked.find(({ start, end }) => start <= offset && offset < end);
    const character = String.fromCodePoint(line.codePointAt(offset)!);
    const text =
      secret !== undefined
        ? mask
        : character === "\t"
          ? " ".repeat(tabWidth - (column % tabWidth))
          : undecodable.test(character)
            ? "\ufffd"
            : dangerous.test(character)
              ? escaped(character)
              : character;
    const width = text === character ? widthOf(character) : text.length;
    cells.push({ text, width, offset });
    column += width;
    offset = secret === undefined ? offset + character.length : secret.end;
  }
  return cells;
};

export interface ShownLine {
  readonly text: string;
  /** Columns before the focus, and those it takes: at least one. */
  readonly before: number;
  readonly width: number;
}

/** Longer lines are cut before they are measured. */
const longest = 4000;

/**
 * A line with a part in focus, at most `room` columns wide: a longer one is cut to what stands around the focus, with `…`.
 * `focus` and `masked` are offsets in the line.
 */
export const showLine = (line: string, focus: Span, masked: readonly Span[], mask: string, room: number): ShownLine => {
  const from = line.length > longest ? Math.max(0, Math.min(focus.start, line.length) - longest / 2) : 0;
  const part = line.slice(from, from + longest);
  const cells = cellsOf(
    part,
    masked.map(({ start, end }) => ({ start: start - from, end: end - from })),
    mask,
  );
  const columnAt = (offset: number): number => {
    let column = 0;
    for (const cell of cells) {
      if (cell.offset >= offset - from) break;
      column += cell.width;
    }
    return column;
  };
  // A focus that begins inside a masked word stands below the whole mask.
  const begin = masked.find(({ start, end }) => start < focus.start && focus.start < end)?.start ?? focus.start;
  const first = columnAt(begin);
  const last = Math.max(columnAt(Math.max(focus.end, begin)), first + 1);
  const total = cells.reduce((sum, { width }) => sum + width, 0);
  const cutLeft = from > 0 || (total > room && last + 2 > room);
  const skip = !cutLeft ? 0 : Math.max(0, Math.min(first - Math.floor(room / 4), total - room + 2));
  const space = room - (cutLeft ? 1 : 0);
  let column = 0;
  let text = "";
  let used = 0;
  let cut = from + longest < line.length;
  for (const { text: shown, width } of cells) {
    const at = column;
    column += width;
    if (at < skip) continue;
    if (used + width > space - (total - skip > space || cut ? 1 : 0)) {
      cut = true;
      break;
    }
    text += shown;
    used += width;
  }
  const shift = cutLeft ? 1 - skip : 0;
  const before = Math.min(Math.max(first + shift, 0), room - 1);
  return {
    text: `${cutLeft ? "…" : ""}${text}${cut ? "…" : ""}`,
    before,
    width: Math.max(1, Math.min(last + shift, used + (cutLeft ? 1 : 0)) - before),
  };
};

/** Breaks a text at blanks into lines of at most `width` columns; a longer word gets a line of its own. `columnsIn`: what a word takes when it is shown. */
export const wrapped = (text: string, width: number, columnsIn = columnsOf): readonly string[] => {
  const lines: string[] = [];
  let line: string[] = [];
  let columns = 0;
  for (const word of text.split(" ")) {
    const own = columnsIn(word);
    if (columns > 0 && columns + 1 + own > width) {
      lines.push(line.join(" "));
      line = [];
      columns = 0;
    }
    if (columns > 0) columns += 1 + own;
    else {
      // Nothing but blanks so far: the line begins with this word.
      line = [];
      columns = own;
    }
    line.push(word);
  }
  return [...lines, line.join(" ")];
};
