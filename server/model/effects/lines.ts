/** Lines of a host file with their places. */

export interface Line {
  /** Without the line end, blanks at both ends included. */
  readonly text: string;
  readonly start: number;
}

export const linesOf = (text: string): readonly Line[] => {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    lines.push({ text: text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end), start });
    start = end + 1;
  }
  return lines;
};

export interface PlacedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words between blanks; offsets count in the whole text. */
export const wordsOf = (line: Line): readonly PlacedWord[] =>
  [...line.text.matchAll(/[^ \t]+/gu)].map((hit) => ({
    text: hit[0],
    start: line.start + hit.index,
    end: line.start + hit.index + hit[0].length,
  }));
