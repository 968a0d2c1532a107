/**
 * Logical lines: texts that keep their origin while definitions replace parts of them.
 *
 * The daemon replaces text, not tokens (a definition may hold half a word, a quote, a brace), so expansion works on
 * lines of mapped text. A `Line` never contains a line feed.
 */
import type { MappedText, Segment, Site } from "../text.ts";

export type Line = MappedText;

/** A line that stands in a file as it is. */
export const fileLine = (file: string, text: string, offset: number): Line => ({
  text,
  segments: [{ start: 0, file, fileStart: offset, fileEnd: offset + text.length, literal: true }],
});

/** Part of a line; segments are cut with it. */
export const sliceLine = (line: Line, start: number, end: number = line.text.length): Line => {
  if (start <= 0 && end >= line.text.length) return line;
  const segments: Segment[] = [];
  const { segments: old, text } = line;
  for (let index = 0; index < old.length; index++) {
    const segment = old[index]!;
    const segmentEnd = old[index + 1]?.start ?? text.length;
    const from = Math.max(start, segment.start);
    const to = Math.min(end, segmentEnd);
    // A line of no characters still stands somewhere.
    if (from > to || (from === to && !(segments.length === 0 && to === end))) continue;
    const { file, literal, via } = segment;
    const fileStart = literal ? segment.fileStart + (from - segment.start) : segment.fileStart;
    const fileEnd = literal ? segment.fileStart + (to - segment.start) : segment.fileEnd;
    segments.push(
      via === undefined
        ? { start: from - start, file, fileStart, fileEnd, literal }
        : { start: from - start, file, fileStart, fileEnd, literal, via },
    );
  }
  return { text: text.slice(start, end), segments };
};

export const joinLines = (parts: readonly Line[]): Line => {
  const segments: Segment[] = [];
  let text = "";
  for (const part of parts) {
    if (part.text === "") continue;
    for (const segment of part.segments) {
      const last = segments.at(-1);
      if (last !== undefined && !segment.literal && isSamePlace(last, segment)) continue;
      segments.push({ ...segment, start: segment.start + text.length });
    }
    text += part.text;
  }
  return { text, segments };
};

const isSamePlace = (a: Segment, b: Segment): boolean =>
  !a.literal && a.file === b.file && a.fileStart === b.fileStart && a.fileEnd === b.fileEnd && a.via === b.via;

/** The line with a part replaced by a text that stands for one place. An empty text leaves nothing of its place. */
export const spliceLine = (line: Line, start: number, end: number, text: string, place: Omit<Segment, "start" | "literal">): Line => {
  const segments: Segment[] = [];
  const { segments: old } = line;
  let index = 0;
  for (; index < old.length && old[index]!.start < start; index++) segments.push(old[index]!);
  if (text !== "") {
    const { file, fileStart, fileEnd, via } = place;
    const added: Segment =
      via === undefined ? { start, file, fileStart, fileEnd, literal: false } : { start, file, fileStart, fileEnd, literal: false, via };
    const last = segments.at(-1);
    // A definition that is replaced inside itself again and again would else leave a segment for every round.
    if (last === undefined || !isSamePlace(last, added)) segments.push(added);
  }
  const shift = text.length - (end - start);
  index = Math.max(0, index - 1);
  for (; index < old.length; index++) {
    const segment = old[index]!;
    const segmentEnd = old[index + 1]?.start ?? line.text.length;
    if (segmentEnd <= end) continue;
    const cut = Math.max(0, end - segment.start);
    const { file, fileEnd, literal, via } = segment;
    const fileStart = literal ? segment.fileStart + cut : segment.fileStart;
    const from = segment.start + cut + shift;
    segments.push(
      via === undefined ? { start: from, file, fileStart, fileEnd, literal } : { start: from, file, fileStart, fileEnd, literal, via },
    );
  }
  const result = line.text.slice(0, start) + text + line.text.slice(end);
  // A line of no characters still stands somewhere.
  return { text: result, segments: segments.length > 0 ? segments : [{ ...place, start: 0, literal: false }] };
};

/** A text that stands for the whole of another place: the value of a definition at its use. */
export const replacedLine = (text: string, use: Site, via: Segment["via"]): Line => ({
  text,
  segments: [
    {
      start: 0,
      file: use.file,
      fileStart: use.span.start,
      fileEnd: use.span.end,
      literal: false,
      ...(via === undefined ? {} : { via }),
    },
  ],
});

/** Collects lines into one mapped text, each ended by a line feed. */
export interface LineCollector {
  readonly add: (line: Line) => void;
  /** Whole lines of a file as they stand there, without the last one's line feed. */
  readonly addLiteral: (file: string, text: string, fileStart: number) => void;
  readonly length: () => number;
  readonly finish: () => MappedText;
}

export const collectLines = (): LineCollector => {
  const parts: string[] = [];
  const segments: Segment[] = [];
  let length = 0;
  const addSegment = (segment: Segment): void => {
    const last = segments.at(-1);
    // What goes on where the last literal piece ended, line feed included, is the same piece.
    if (
      last !== undefined &&
      last.literal &&
      segment.literal &&
      last.file === segment.file &&
      segment.fileStart - last.fileStart === segment.start - last.start
    )
      segments[segments.length - 1] = { ...last, fileEnd: segment.fileEnd };
    else segments.push(segment);
  };
  return {
    add: (line) => {
      for (const segment of line.segments) addSegment(length === 0 ? segment : { ...segment, start: segment.start + length });
      parts.push(line.text, "\n");
      length += line.text.length + 1;
    },
    addLiteral: (file, text, fileStart) => {
      addSegment({ start: length, file, fileStart, fileEnd: fileStart + text.length, literal: true });
      parts.push(text, "\n");
      length += text.length + 1;
    },
    length: () => length,
    finish: () => ({ text: parts.join(""), segments }),
  };
};

/** Blanks at both ends go: spaces and tabs only, as the daemon has it. */
export const trimmed = (line: Line): Line => {
  const { text } = line;
  let start = 0;
  while (isBlank(text.charCodeAt(start))) start++;
  let end = text.length;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return sliceLine(line, start, end);
};

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/**
 * Where the comment of a line begins (its length when there is none): `#` or `!` outside double quotes. A backslash hides
 * the character behind it, a quote too, so that this differs from the quotes that make words (keepalived v2.4.3
 * lib/parser.c:2297, decomment). Behind a replacement, `\#` and `\!` have already lost their backslash: `escapes` false.
 */
export const commentStart = (text: string, escapes = true): number => {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x22) quoted = !quoted;
    else if (c === 0x5c) {
      const next = text.charCodeAt(at + 1);
      if (!escapes && !quoted && (next === 0x23 || next === 0x21)) return at;
      at++;
    } else if (!quoted && (c === 0x23 || c === 0x21)) return at;
  }
  return text.length;
};

/** Whether the text ends in a backslash that hides nothing: a definition goes on. */
export const endsInBackslash = (text: string): boolean => {
  if (!text.endsWith("\\")) return false;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", at + 2)) if (at === text.length - 1) return true;
  return false;
};

/** Bytes of a text in UTF-8. A lone surrogate stands for one byte that was no UTF-8. */
export const byteLength = (text: string): number => {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80 || (unit >= 0xdc80 && unit <= 0xdcff)) continue;
    // A pair is four bytes in two units.
    if (unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length) {
      bytes += 2;
      at++;
    } else bytes += unit < 0x800 ? 1 : 2;
  }
  return bytes;
};

/** The longest beginning of `text` from `start` that has at most `bytes` bytes: its end. */
export const endOfBytes = (text: string, start: number, bytes: number): number => {
  let left = bytes;
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const pair = unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length;
    const size = unit < 0x80 || (unit >= 0xdc80 && unit <= 0xdcff) ? 1 : pair ? 4 : unit < 0x800 ? 2 : 3;
    if (size > left) break;
    left -= size;
    at += pair ? 2 : 1;
  }
  return at;
};
