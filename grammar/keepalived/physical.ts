/**
 * The lines of a file as the daemon's buffer holds them: 1,023 bytes, ended by a NUL (keepalived v2.4.3
 * lib/parser.c:2788; grammar facts 2.1, 2.2).
 */
import { holdsSign } from "../template/render.ts";
import type { Dialect } from "./dialect.ts";
import { byteLength, commentStart, endOfBytes, endsInBackslash } from "./lines.ts";

/** Bytes the daemon reads at once, the line feed among them. */
const bufferSize = 1023;

/** One line, or one piece of an overlong one. Offsets are those of the file. */
export interface PhysicalLine {
  readonly start: number;
  /** Without line end; what stands behind it is not read. */
  readonly end: number;
  /** Where the next line begins; undefined at the end of the file. */
  readonly next: number | undefined;
  readonly problem?: {
    readonly kind: "line-too-long" | "nul-in-line";
    readonly dropped: boolean;
    readonly start: number;
    readonly end: number;
  };
}

export const physicalLine = (text: string, start: number, { longLines, nulLines }: Dialect): PhysicalLine => {
  // No line is looked at beyond what the buffer can hold: a unit has at least one byte.
  const held = text.slice(start, start + bufferSize + 1);
  const feed = held.indexOf("\n");
  const lineEnd = start + (feed < 0 ? held.length : feed);
  // A unit has at most three bytes, so that most lines need no counting.
  // How long a line of a template becomes is not known.
  const long = lineEnd - start >= bufferSize / 3 && !holdsSign(held) && byteLength(text.slice(start, lineEnd)) >= bufferSize;
  const stop = long ? endOfBytes(text, start, bufferSize) : lineEnd;
  const next = long ? stop : feed < 0 ? undefined : lineEnd + 1;
  const nul = text.slice(start, stop).indexOf("\0") + start;
  if (nul >= start) {
    // The last line may end in a NUL without anybody noticing.
    const dropped = nulLines === "dropped" && feed >= 0;
    return {
      start,
      end: dropped ? start : nul,
      next,
      problem: { kind: "nul-in-line", dropped, start: dropped ? start : nul, end: dropped ? stop : nul + 1 },
    };
  }
  if (long) {
    const dropped = longLines === "dropped";
    return { start, end: dropped ? start : stop, next, problem: { kind: "line-too-long", dropped, start, end: stop } };
  }
  let end = lineEnd;
  while (end > start && text.charCodeAt(end - 1) === 0x0d) end--;
  return { start, end, next };
};

/** Whether a comment ends in a backslash that the daemon takes for the line's own. */
export const isContinuedComment = (text: string): boolean => {
  const cut = commentStart(text);
  return cut < text.length && endsInBackslash(text.slice(cut));
};

/** What a line may hold that expansion has to look at; everything else stands in the text as it is. */
const directive = /\$|\0|(?:^|[{}])[ \t]*(?:[@~]|include|\\[#!])|[ \t]\\\r*$/mu;
const finalBackslash = /\\\r*$/mu;

/** A search for the next line that has to be looked at. */
export const directiveSearch = ({ commentBackslash }: Dialect): RegExp =>
  new RegExp(commentBackslash ? `${directive.source}|${finalBackslash.source}` : directive.source, "gmu");

/** Whether some line is longer than the daemon's buffer. */
export const hasLongLine = (text: string): boolean => {
  let start = 0;
  while (text.length - start >= bufferSize / 3) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    if (end - start >= bufferSize / 3 && byteLength(text.slice(start, end)) >= bufferSize) return true;
    start = end + 1;
  }
  return false;
};
