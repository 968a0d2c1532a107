/**
 * The formatter: indentation, blanks between words and around braces, trailing comments in one column, blank lines. It
 * works on the lines of one file as they stand there, since what an include or a definition brings is written elsewhere,
 * and changes nothing but blanks: a line whose blanks may mean something stays as it is.
 */
import { depthsOf } from "./depth.ts";
import { alignComments } from "./comments.ts";
import { fits, readLines, type FormatLine } from "./shape.ts";
import { spaced } from "./spacing.ts";

export interface FormatOptions {
  /** One step of indentation; four blanks by default. */
  readonly indent?: string;
  /** The name of the file: of a template it says which marks there are. */
  readonly name?: string;
}

/** Replaces a whole line, or several with their line ends. Offsets are those of the text that was given. */
export interface FormatEdit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** What has to change, in the order of the text; nothing when it is formatted. Never throws; linear. */
export const formatEdits = (text: string, { indent = "    ", name }: FormatOptions = {}): readonly FormatEdit[] => {
  const lines = readLines(text, name);
  const depths = depthsOf(lines);
  const written = alignComments(
    lines.map((line, index) => {
      const depth = depths[index]!;
      const lead = indent.repeat(depth);
      return { line, depth, code: line.kind === "code" ? lead + line.prefix + spaced(line.code) : lead };
    }),
  );
  const edits: FormatEdit[] = [];
  const last = lastWritten(lines);
  lines.forEach((line, index) => {
    const next = lines[index + 1]?.start ?? text.length;
    if (isSurplus(lines, index, last)) edits.push({ start: line.start, end: next, replacement: "" });
    else {
      const wanted = line.kind === "kept" ? line.text : written[index]!;
      const replacement = fits(wanted) ? wanted : line.text;
      const ended = next > line.end || line.kind === "kept" ? text.slice(line.end, next) : lineEnd(text);
      if (replacement + ended !== text.slice(line.start, next))
        edits.push({ start: line.start, end: next, replacement: replacement + ended });
    }
  });
  return edits;
};

export const formatKeepalived = (text: string, options: FormatOptions = {}): string => applyFormat(text, formatEdits(text, options));

export const applyFormat = (text: string, edits: readonly FormatEdit[]): string => {
  let result = "";
  let at = 0;
  for (const { start, end, replacement } of edits) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
};

/** Of several blank lines one stays, of those at the beginning and the end none. */
const isSurplus = (lines: readonly FormatLine[], index: number, last: number): boolean =>
  lines[index]!.kind === "blank" && (index > last || index === 0 || lines[index - 1]!.kind === "blank");

const lastWritten = (lines: readonly FormatLine[]): number => lines.findLastIndex(({ kind }) => kind !== "blank");

/** The line end of the first line: what a last line without one gets. */
const lineEnd = (text: string): string => {
  const feed = text.indexOf("\n");
  return feed > 0 && text[feed - 1] === "\r" ? "\r\n" : "\n";
};
