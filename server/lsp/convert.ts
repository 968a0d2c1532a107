/** Between kalint's names and offsets and the protocol's URIs and positions. Nothing but this knows both. */
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Position, Range } from "vscode-languageserver/node";
import type { Span } from "../../grammar/text.ts";

/** The path of a `file:` URI; undefined for any other, and for one that names no file of this machine. */
export const pathOfUri = (uri: string): string | undefined => {
  if (!/^file:/iu.test(uri)) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    // A host name, a broken percent sign, an encoded slash.
    return undefined;
  }
};

export const uriOfPath = (path: string): string => pathToFileURL(path).href;

/** What a column counts: UTF-16 units unless the client offers UTF-8 only. */
export type PositionEncoding = "utf-16" | "utf-8";

/** Offsets to positions and back, in one text. */
export interface Positions {
  readonly range: (span: Span) => Range;
  /** Positions behind a line's end are taken for the end, as the protocol says. */
  readonly span: (range: Range) => Span;
}

export const positionsIn = (text: string, encoding: PositionEncoding): Positions => {
  const lines = lineStarts(text);
  const contentEnd = (line: number): number => {
    let end = lines[line + 1] ?? text.length;
    const start = lines[line]!;
    while (end > start && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
    return end;
  };
  const position = (offset: number): Position => {
    const at = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    const start = lines[low]!;
    // An offset between CR and LF is the end of the line.
    const column = Math.min(at, Math.max(start, contentEnd(low))) - start;
    return { line: low, character: encoding === "utf-16" ? column : bytesIn(text, start, start + column) };
  };
  const offset = ({ line, character }: Position): number => {
    if (line < 0) return 0;
    if (line >= lines.length) return text.length;
    const start = lines[line]!;
    const end = contentEnd(line);
    return encoding === "utf-16" ? Math.max(start, Math.min(start + character, end)) : offsetOfByte(text, start, end, character);
  };
  return {
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    span: ({ start, end }) => ({ start: offset(start), end: offset(end) }),
  };
};

/** Lines as the protocol counts them: ended by LF, CR LF or a CR alone. */
const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
};

/** Bytes of the character at an offset. A byte that is no UTF-8 is a lone low surrogate here, see host/text.ts. */
const bytesAt = (text: string, at: number): number => {
  const code = text.codePointAt(at)!;
  if (code >= 0xdc80 && code <= 0xdcff) return 1;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

const unitsAt = (text: string, at: number): number => (text.codePointAt(at)! >= 0x10000 ? 2 : 1);

const bytesIn = (text: string, start: number, end: number): number => {
  let bytes = 0;
  for (let at = start; at < end; at += unitsAt(text, at)) bytes += bytesAt(text, at);
  return bytes;
};

const offsetOfByte = (text: string, start: number, end: number, byte: number): number => {
  let at = start;
  for (let bytes = 0; at < end && bytes + bytesAt(text, at) <= byte; at += unitsAt(text, at)) bytes += bytesAt(text, at);
  return at;
};
