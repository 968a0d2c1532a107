/** A source line with a line of carets below it, and the preview of a fix. */
import type { Site, Span } from "../../grammar/text.ts";
import type { Fix } from "../analysis/finding.ts";
import { showLine } from "./cells.ts";
import type { Lines } from "./report.ts";
import { mask } from "../analysis/mask.ts";
import { type Secrets } from "./secrets.ts";
import type { Colours, Paint } from "./style.ts";

export interface Canvas {
  readonly lines: Lines;
  readonly secrets: Secrets;
  readonly paint: Colours;
  /** Columns for a whole line of output. */
  readonly width: number;
}

/** How many columns the line numbers of these places need. */
export const gutterOf = (sites: readonly Site[], { lines }: Canvas): number =>
  Math.max(2, ...sites.map(({ file, span }) => String(lines.position(file, span.start).line).length));

/** The line a site begins on and what is meant in it, underlined with `sign`; a span of several lines to the end of its first. */
export const snippet = (site: Site, sign: "^" | "-", tint: Paint, gutter: number, canvas: Canvas): readonly string[] => {
  const { lines, secrets, paint, width } = canvas;
  const { line } = lines.position(site.file, site.span.start);
  const text = lines.text(site.file, line);
  const start = lines.start(site.file, line);
  const focus = { start: site.span.start - start, end: Math.min(site.span.end - start, text.trimEnd().length) };
  const shown = showLine(text, focus, secrets.inLine(site.file, line), mask, Math.max(20, width - gutter - 4));
  const bar = paint.blue("|");
  return [
    `${paint.blue(String(line).padStart(gutter + 1))} ${bar} ${shown.text}`.trimEnd(),
    `${" ".repeat(gutter + 1)} ${bar} ${" ".repeat(shown.before)}${tint(sign.repeat(shown.width))}`,
  ];
};

/** More lines than this are told by number. */
const longestPreview = 8;

/** What a fix takes away and puts in: lines with `-` and `+`. */
export const preview = (fix: Fix, gutter: number, canvas: Canvas): readonly string[] => {
  const shown: string[] = [];
  for (const file of new Set(fix.edits.map(({ at }) => at.file))) {
    const changes = changedLines(fix, file, canvas);
    const name = fix.edits.every(({ at }) => at.file === fix.edits[0]!.at.file)
      ? []
      : [`${" ".repeat(gutter + 4)}${canvas.lines.name(file)}`];
    shown.push(...name, ...changes);
  }
  const pad = " ".repeat(gutter + 1);
  const cut =
    shown.length > longestPreview ? [...shown.slice(0, longestPreview - 1), `… ${shown.length - longestPreview + 1} more lines`] : shown;
  return cut.map(
    (line) => `${pad}   ${line.startsWith("+") ? canvas.paint.green(line) : line.startsWith("-") ? canvas.paint.red(line) : line}`,
  );
};

const changedLines = (fix: Fix, file: string, canvas: Canvas): readonly string[] => {
  const { lines } = canvas;
  const edits = fix.edits.filter(({ at }) => at.file === file).toSorted((a, b) => a.at.span.start - b.at.span.start);
  const result: string[] = [];
  // Edits of neighbouring lines are one change.
  for (let first = 0; first < edits.length;) {
    let last = first;
    const from = lines.position(file, edits[first]!.at.span.start).line;
    let to = lines.position(file, edits[first]!.at.span.end).line;
    while (last + 1 < edits.length && lines.position(file, edits[last + 1]!.at.span.start).line <= to + 1) {
      last++;
      to = Math.max(to, lines.position(file, edits[last]!.at.span.end).line);
    }
    result.push(...change(file, from, Math.min(to, from + 40), edits.slice(first, last + 1), canvas));
    first = last + 1;
  }
  return result;
};

interface Replacement extends Span {
  readonly text: string;
}

const change = (file: string, from: number, to: number, edits: Fix["edits"], { lines, secrets, width }: Canvas): readonly string[] => {
  const start = lines.start(file, from);
  const text = Array.from({ length: to - from + 1 }, (_, index) => lines.text(file, from + index)).join("\n");
  // Line ends of two units would shift what follows: each line is placed by its own start.
  const place = (offset: number): number => {
    const { line, column } = lines.position(file, offset);
    let at = 0;
    for (let each = from; each < line; each++) at += lines.text(file, each).length + 1;
    return Math.min(at + Math.min(column - 1, lines.text(file, line).length), text.length);
  };
  const masks = Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((line) =>
    secrets.inLine(file, line).map((span): Replacement => {
      const at = place(lines.start(file, line));
      return { start: at + span.start, end: at + span.end, text: mask };
    }),
  );
  const changes = edits.map((edit): Replacement => ({
    start: place(Math.max(edit.at.span.start, start)),
    end: place(edit.at.span.end),
    text: secrets.isSecretEdit(edit) ? mask : edit.replacement,
  }));
  // What an edit leaves of a secret stays masked.
  const kept = masks.flatMap((span) => without(span, changes));
  const before = replaced(text, masks).split("\n");
  const after = replaced(text, [...kept, ...changes]).split("\n");
  const { head, tail } = commonEnds(before, after);
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail).filter((line) => line.trim() !== "");
  const indent = Math.min(...[...gone, ...come].filter((line) => line.trim() !== "").map((line) => /^[ \t]*/u.exec(line)![0].length));
  const show = (line: string): string =>
    showLine(line.slice(indent), { start: 0, end: 0 }, [], mask, Math.max(20, width - 8)).text.trimEnd();
  return [...gone.map((line) => `- ${show(line)}`), ...come.map((line) => `+ ${show(line)}`)];
};

const without = (span: Replacement, changes: readonly Replacement[]): readonly Replacement[] =>
  changes.reduce<readonly Replacement[]>(
    (parts, other) =>
      parts.flatMap((part) =>
        other.start >= part.end || part.start >= other.end
          ? [part]
          : [
              { ...part, end: other.start },
              { ...part, start: other.end },
            ].filter(({ start, end }) => start < end),
      ),
    [span],
  );

const replaced = (text: string, replacements: readonly Replacement[]): string => {
  let result = text;
  for (const { start, end, text: by } of replacements.toSorted((a, b) => b.start - a.start))
    result = result.slice(0, start) + by + result.slice(end);
  return result;
};

const commonEnds = (a: readonly string[], b: readonly string[]): { readonly head: number; readonly tail: number } => {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return { head, tail };
};
