/**
 * `# kalint-ignore RULE[, RULE]: reason` on a line or the line above it, `kalint-ignore-block` on or above the first
 * line of a block, `kalint-ignore-file` anywhere. The same in configurations (`#` and `!`), shell scripts and dumps.
 */
import { lineIndex, positionAt, type Site, type Span } from "../../grammar/text.ts";

export interface Suppression {
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly file: string;
  /** Offsets in which a finding must begin to be suppressed. */
  readonly covers: Span;
  readonly site: Site;
}

const pattern = /[#!][ \t]*kalint-ignore(-block|-file)?[ \t]+([a-z0-9, \t-]+?)[ \t]*(?::[ \t]*([^\n\r]*))?(?=\r?\n|$)/gu;

/** All suppressions of a file. `blocks` are the spans of the file's blocks, for `kalint-ignore-block`. */
export const suppressionsIn = (file: string, text: string, blocks: readonly Span[]): readonly Suppression[] => {
  if (!text.includes("kalint-ignore")) return [];
  const lines = lineIndex(text);
  const found: Suppression[] = [];
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    const { line } = positionAt(lines, start);
    const lineStart = lines[line - 1]!;
    const alone = text.slice(lineStart, start).trim() === "";
    const covered = alone ? line + 1 : line;
    const lineSpan = { start: lines[covered - 1] ?? text.length, end: lines[covered] ?? text.length + 1 };
    const covers =
      match[1] === "-file"
        ? { start: 0, end: text.length + 1 }
        : match[1] === "-block"
          ? (blocks
              .filter((block) => block.start >= lineSpan.start && block.start < lineSpan.end)
              .toSorted((a, b) => a.start - b.start)[0] ?? lineSpan)
          : lineSpan;
    found.push({
      rules: match[2]!.split(/[ \t,]+/u).filter((rule) => rule !== ""),
      reason: match[3],
      file,
      covers,
      site: { file, span: { start, end: start + match[0].length } },
    });
  }
  return found;
};
