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
  line.segments.forEach((segment, index) => {
    const segmentEnd = line.segments[index + 1]?.start ?? line.text.length;
    const from = Math.max(start, segment.start);
    const to = Math.min(end, segmentEnd);
    if (from > to || (from === to && !(segments.length === 0 && to === end))) return;
    const shifted = { ...segment, start: from - start };
    segments.push(
      segment.literal
        ? { ...shifted, fileStart: segment.fileStart + (from - segment.start), fileEnd: segment.fileStart + (to - segment.start) }
        : shifted,
    );
  });
  return { text: line.text.slice(start, end), segments };
};

export const joinLines = (parts: readonly Line[]): Line => {
  const segments: Segment[] = [];
  let text = "";
  for (const part of parts) {
    if (part.text === "") continue;
    for (const segment of part.segments) segments.push({ ...segment, start: segment.start + text.length });
    text += part.text;
  }
  return { text, segments };
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
  readonly finish: () => MappedText;
}

export const collectLines = (): LineCollector => {
  const parts: string[] = [];
  const segments: Segment[] = [];
  let length = 0;
  return {
    add: (line) => {
      for (const segment of line.segments) segments.push({ ...segment, start: segment.start + length });
      parts.push(line.text, "\n");
      length += line.text.length + 1;
    },
    finish: () => ({ text: parts.join(""), segments }),
  };
};

/**
 * Where the comment of a line begins (its length when there is none): `#` or `!` outside double quotes, `\#` and `\!`
 * excepted (keepalived v2.4.3 lib/parser.c:2297, decomment).
 */
export const commentStart = (text: string): number => {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x22) quoted = !quoted;
    else if (c === 0x5c) at++;
    else if (!quoted && (c === 0x23 || c === 0x21)) return at;
  }
  return text.length;
};
