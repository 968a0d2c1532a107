/**
 * Text positions: spans, sites, segment maps, line indexes.
 *
 * Everything inside kalint counts in UTF-16 code units from 0 with exclusive ends; lines and columns exist only at
 * the edge (reporters, lsp/convert), through `lineIndex`.
 */

/** A half-open range of UTF-16 offsets in one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file. `via` is where a composed text was defined, when somebody else wrote it (`$NAME`, ~SEQ). */
export interface Site {
  readonly file: string;
  readonly span: Span;
  readonly via?: Via;
}

/** What a piece of expanded text came through. */
export interface Via {
  readonly kind: "definition" | "sequence";
  /** The name of the definition or of the sequence's variable. */
  readonly name: string;
  /** Where it was defined; undefined for the daemon's own definitions such as `_PWD`. */
  readonly site?: Site;
}

/** A value together with the place where somebody wrote it. */
export interface Sited<T> {
  readonly value: T;
  readonly site: Site;
}

/** A problem that a reader of text met. Offsets are those of the text that was read. */
export interface Problem<Kind extends string = string> {
  readonly kind: Kind;
  readonly span: Span;
  /** The words a message needs: the token, the name, the block. */
  readonly detail: string;
  /** A second place: where the brace was opened, where the first definition stands. */
  readonly other?: Span;
}

/**
 * One run of a mapped text. A `literal` segment maps character by character to `file` from `fileStart`;
 * any other stands as a whole for `fileStart`–`fileEnd`, the place of its use.
 */
export interface Segment {
  readonly start: number;
  readonly file: string;
  readonly fileStart: number;
  readonly fileEnd: number;
  readonly literal: boolean;
  readonly via?: Via;
}

/** A text of which every character knows its origin. Segments are sorted by `start` and cover the text. */
export interface MappedText {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** A file's own text as a mapped text: one literal segment. */
export const literalText = (file: string, text: string): MappedText => ({
  text,
  segments: [{ start: 0, file, fileStart: 0, fileEnd: text.length, literal: true }],
});

/** Index of the segment that holds `offset`; the last one for offsets at or behind the end. */
const segmentAt = (segments: readonly Segment[], offset: number): number => {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

/**
 * Where a span of a mapped text was written. A span over several segments of one file covers them all; one that
 * leaves the file of its first character ends with that file's part.
 */
export const siteOf = (mapped: MappedText, span: Span): Site => {
  const { segments } = mapped;
  const first = segments[segmentAt(segments, span.start)];
  if (first === undefined) return { file: "", span };
  const start = first.literal ? first.fileStart + (span.start - first.start) : first.fileStart;
  let end = start;
  let via = first.via;
  for (let i = segmentAt(segments, span.start); i < segments.length; i++) {
    const segment = segments[i]!;
    if (segment.start >= span.end && i > 0 && segment !== first) break;
    if (segment.file !== first.file) break;
    const segmentEnd = segments[i + 1]?.start ?? mapped.text.length;
    const stop = segment.literal ? segment.fileStart + (Math.min(span.end, segmentEnd) - segment.start) : segment.fileEnd;
    if (stop > end) end = stop;
    via ??= segment.via;
  }
  return via === undefined ? { file: first.file, span: { start, end } } : { file: first.file, span: { start, end }, via };
};

/** Whether the whole span is text that somebody wrote at that place: only there may a fix edit. */
export const isLiteral = (mapped: MappedText, span: Span): boolean => {
  const { segments } = mapped;
  const index = segmentAt(segments, span.start);
  const segment = segments[index];
  const segmentEnd = segments[index + 1]?.start ?? mapped.text.length;
  return segment !== undefined && segment.literal && span.end <= segmentEnd;
};

/** Offsets at which lines begin; the first is 0. */
export type LineIndex = readonly number[];

export const lineIndex = (text: string): LineIndex => {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
};

/** Line and column of an offset, both counted from 1, the column in UTF-16 units. */
export const positionAt = (lines: LineIndex, offset: number): { readonly line: number; readonly column: number } => {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lines[low]! + 1 };
};

/** The text of one line (counted from 1) without its line end. */
export const lineText = (text: string, lines: LineIndex, line: number): string => {
  const start = lines[line - 1];
  if (start === undefined) return "";
  return text.slice(start, lines[line] ?? text.length).replace(/\r?\n$/u, "");
};
