/**
 * `# kalint-ignore RULE[, RULE]: reason` on a line or the line above it, `kalint-ignore-block` on or above the first
 * line of a block, `kalint-ignore-file` anywhere. The same in configurations (`#` and `!`), shell scripts and dumps.
 * Comment lines in between do not count, so that several can stand above one line.
 */
import { lineIndex, positionAt, type LineIndex, type Site, type Span } from "../../grammar/text.ts";
import type { Finding } from "./finding.ts";

/** A rule's id as a comment names it. */
export interface SuppressedRule {
  readonly id: string;
  readonly site: Site;
}

export interface Suppression {
  /** The word that was written: "kalint-ignore", "kalint-ignore-block", … */
  readonly keyword: string;
  /** "unknown": no form of kalint-ignore, so that it covers nothing. */
  readonly scope: "line" | "block" | "file" | "unknown";
  readonly rules: readonly SuppressedRule[];
  /** What stands behind the colon; undefined when nothing does. */
  readonly reason: string | undefined;
  readonly file: string;
  /** Offsets in which a finding must begin to be suppressed. */
  readonly covers: Span;
  /** The comment. */
  readonly site: Site;
  /** What goes with the comment: its line when it is alone there, else the blanks before it. */
  readonly removal: Site;
}

const pattern = /[#!][ \t]*(?<keyword>kalint-ignore(?<form>-[a-z-]+)?)(?![\w-])(?<rules>[^\n\r:]*)(?::(?<reason>[^\n\r]*))?/gu;

const scopes: Readonly<Record<string, Suppression["scope"]>> = { "": "line", "-block": "block", "-file": "file" };

/** All suppressions of a file. `blocks` are the spans of the file's blocks, for `kalint-ignore-block`. */
export const suppressionsIn = (file: string, text: string, blocks: readonly Span[]): readonly Suppression[] => {
  if (!text.includes("kalint-ignore")) return [];
  const lines = lineIndex(text);
  const codeFrom = nextLinesOfCode(text, lines);
  const found: Suppression[] = [];
  const sorted = blocks.toSorted((a, b) => a.start - b.start);
  for (const match of text.matchAll(pattern)) {
    const { keyword = "", form = "", rules = "", reason = "" } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].trimEnd().length;
    const { line } = positionAt(lines, start);
    const lineStart = lines[line - 1]!;
    const before = text.slice(lineStart, start);
    const alone = before.trim() === "";
    const covered = alone ? codeFrom[line]! : line;
    const lineSpan = { start: lines[alone ? line : line - 1] ?? text.length, end: lines[covered] ?? text.length + 1 };
    const scope = scopes[form] ?? "unknown";
    found.push({
      keyword,
      scope,
      rules: namesIn(file, rules, start + match[0].indexOf(keyword) + keyword.length),
      reason: reason.trim() === "" ? undefined : reason.trim(),
      file,
      covers: coverOf(scope, lineSpan, text, sorted),
      site: { file, span: { start, end } },
      removal: {
        file,
        span: alone ? { start: lineStart, end: lines[line] ?? text.length } : { start: lineStart + before.trimEnd().length, end },
      },
    });
  }
  return found;
};

/** The first of `count` sorted numbers that is not less than `limit`. */
const firstFrom = (count: number, at: (index: number) => number, limit: number): number => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

const coverOf = (scope: Suppression["scope"], line: Span, text: string, blocks: readonly Span[]): Span => {
  if (scope === "file") return { start: 0, end: text.length + 1 };
  if (scope === "unknown") return { start: 0, end: 0 };
  if (scope === "line") return line;
  const first = blocks[firstFrom(blocks.length, (index) => blocks[index]!.start, line.start)];
  return first !== undefined && first.start < line.end ? first : line;
};

const namesIn = (file: string, text: string, offset: number): readonly SuppressedRule[] =>
  [...text.matchAll(/[^\s,]+/gu)].map((match) => {
    const start = offset + match.index;
    return { id: match[0], site: { file, span: { start, end: start + match[0].length } } };
  });

/** For every line (its number, from 0 on) the number, from 1 on, of the first one from there that is no comment. */
const nextLinesOfCode = (text: string, lines: LineIndex): readonly number[] => {
  const found: number[] = [lines.length];
  let next = lines.length;
  for (let index = lines.length - 1; index >= 0; index--) {
    const start = lines[index] ?? 0;
    if (!/^[ \t]*[#!]/u.test(text.slice(start, Math.min(start + 200, lines[index + 1] ?? text.length)))) next = index + 1;
    found.push(next);
  }
  return found.toReversed();
};

/**
 * What is left of findings, and which names of which comments were of use. A contradiction of two nodes stands at one of them, and
 * which one nobody chose: a comment at the place that a note names on the other (`isConfiguration`) counts as well.
 */
export const withoutSuppressed = (
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  isConfiguration: (file: string) => boolean = () => false,
): { readonly kept: readonly Finding[]; readonly used: ReadonlySet<SuppressedRule> } => {
  const used = new Set<SuppressedRule>();
  if (suppressions.length === 0) return { kept: findings, used };
  const byRule = indexed(suppressions);
  const coverOfPlace = (rule: string, { file, span }: Site): Cover | undefined => {
    const places = byRule.get(key(file, rule));
    return (
      places &&
      (lastBefore(places.lines, span.start) ??
        innermost(places.blocks, span.start) ??
        places.file.find(({ covers }) => isIn(covers, span.start)))
    );
  };
  const kept = findings.filter(({ rule, at, notes, nodes }) => {
    const sites = [at];
    if (nodes.length > 1 && isConfiguration(at.file))
      for (const { at: other } of notes)
        if (other !== undefined && other.file !== at.file && isConfiguration(other.file)) sites.push(other);
    const covers = sites.flatMap((site) => coverOfPlace(rule, site) ?? []);
    for (const { name } of covers) used.add(name);
    return covers.length === 0;
  });
  return { kept, used };
};

interface Cover {
  readonly covers: Span;
  readonly name: SuppressedRule;
}

/** The comments that name a rule in a file, in the order of the text. */
interface Places {
  readonly lines: Cover[];
  readonly blocks: Cover[];
  readonly file: Cover[];
}

const key = (file: string, rule: string): string => `${rule}\n${file}`;

const indexed = (suppressions: readonly Suppression[]): ReadonlyMap<string, Places> => {
  const found = new Map<string, Places>();
  for (const { file, scope, covers, rules } of suppressions) {
    for (const name of rules) {
      const places = found.get(key(file, name.id)) ?? { lines: [], blocks: [], file: [] };
      found.set(key(file, name.id), places);
      (scope === "line" ? places.lines : scope === "block" ? places.blocks : places.file).push({ covers, name });
    }
  }
  return found;
};

const isIn = ({ start, end }: Span, offset: number): boolean => start <= offset && offset < end;

/** Blocks lie in each other a few levels deep at most: one that holds the offset is among the last that begin before it. */
const deepest = 48;

const innermost = (covers: readonly Cover[], offset: number): Cover | undefined => {
  const behind = firstFrom(covers.length, (index) => covers[index]!.covers.start, offset + 1);
  for (let at = behind - 1; at >= Math.max(0, behind - deepest); at--) if (isIn(covers[at]!.covers, offset)) return covers[at];
  return undefined;
};

/** The last cover that begins at or before an offset, when it reaches there. */
const lastBefore = (covers: readonly Cover[], offset: number): Cover | undefined => {
  let low = 0;
  let high = covers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (covers[middle]!.covers.start <= offset) low = middle + 1;
    else high = middle;
  }
  const found = covers[low - 1];
  return found !== undefined && isIn(found.covers, offset) ? found : undefined;
};
