/** Trailing comments of neighbouring lines stand in one column. */
import type { FormatLine } from "./shape.ts";

export interface Written {
  readonly line: FormatLine;
  readonly depth: number;
  /** The line without its comment, indented. */
  readonly code: string;
}

/** A comment is not moved further to the right than this for a neighbour's sake. */
const maxShift = 24;

/** Whole lines, comments in place. */
export const alignComments = (lines: readonly Written[]): readonly string[] => {
  const result: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const end = groupEnd(lines, at);
    const widths = lines.slice(at, end).map(({ code }) => width(code));
    const widest = widths.reduce((a, b) => Math.max(a, b), 0);
    const together = widths.every((each) => widest - each <= maxShift);
    for (let index = at; index < end; index++) result.push(whole(lines[index]!, together ? widest - widths[index - at]! : 0));
    at = end;
  }
  return result;
};

/** Behind the last of the neighbouring lines of one depth that have a trailing comment; one line where there is none. */
const groupEnd = (lines: readonly Written[], start: number): number => {
  if (!isTrailing(lines[start]!)) return start + 1;
  let end = start + 1;
  while (end < lines.length && isTrailing(lines[end]!) && lines[end]!.depth === lines[start]!.depth) end++;
  return end;
};

const isTrailing = ({ line }: Written): boolean => line.kind === "code" && line.comment !== "" && !line.glued;

const whole = ({ line, code }: Written, shift: number): string => {
  switch (line.kind) {
    case "blank":
      return "";
    case "kept":
      return line.text;
    case "comment":
      return code + line.comment;
    case "code":
      return line.comment === "" ? code : line.glued ? code + line.comment : `${code}${" ".repeat(shift + 1)}${line.comment}`;
  }
};

/** In characters. */
const width = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};
