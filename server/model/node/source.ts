/**
 * The text a configuration was written in, found by a site: what stands before and behind a word on its line, and what
 * of the text was not read for this node.
 */
import type { Expansion } from "../../../grammar/keepalived/expand.ts";
import type { Segment, Site } from "../../../grammar/text.ts";
import { once } from "./once.ts";

export interface SourceLine {
  /** What stands on the line before the site, and behind it. */
  readonly before: string;
  readonly after: string;
}

export interface Source {
  /** The line around a site; undefined where the text was composed from definitions. */
  readonly line: (site: Site) => SourceLine | undefined;
  /** Blanks before a site that begins its line; undefined when something else stands there. */
  readonly indentation: (site: Site) => string | undefined;
  /** The text between two sites; undefined when it is not one piece of one file. */
  readonly between: (first: Site, second: Site) => string | undefined;
  /** The text of a site as it was written; undefined where it was composed. */
  readonly text: (site: Site) => string | undefined;
  /** The character behind a site, "" at the end. */
  readonly next: (site: Site) => string;
  /** The language that the text is written in when it is not keepalived's. */
  readonly language: () => ForeignLanguage | undefined;
  /** Whether the text is a template's source or of another language, so that its braces are not keepalived's. */
  readonly isTemplate: () => boolean;
  /** Whether lines for other configuration ids (`@id`) stand within a site. */
  readonly hasDroppedLines: (site: Site) => boolean;
}

export type ForeignLanguage = "JSON" | "YAML";

/** A piece of the expanded text that stands in a file as it is. */
interface Piece {
  readonly segment: Segment;
  readonly end: number;
}

/** Answers questions about the text. Making it costs nothing: what it needs is collected at the first question. */
export const sourceOf = ({ text: { text, segments }, conditions }: Expansion): Source => {
  const pieces = once(() => piecesByFile(text, segments));
  const dropped = once(() => startsByFile(conditions));
  const language = once(() => languageOf(text));
  const template = once(() => /\{\{|\{%|<%/u.test(text) || language() !== undefined);

  /** The offset in the text of an offset in a file. */
  const offsetOf = (file: string, offset: number): number | undefined => {
    const own = pieces().get(file) ?? [];
    const found = own[lastAtMost(own.length, (index) => own[index]!.segment.fileStart, offset)];
    if (found === undefined || offset < found.segment.fileStart) return undefined;
    const at = found.segment.start + (offset - found.segment.fileStart);
    return at <= found.end ? at : undefined;
  };
  const line = (site: Site): SourceLine | undefined => {
    const start = offsetOf(site.file, site.span.start);
    const end = offsetOf(site.file, site.span.end);
    if (site.via !== undefined || start === undefined || end === undefined) return undefined;
    const feed = text.indexOf("\n", end);
    return { before: text.slice(text.lastIndexOf("\n", start - 1) + 1, start), after: text.slice(end, feed < 0 ? text.length : feed) };
  };
  return {
    line,
    indentation: (site) => {
      const before = line(site)?.before;
      return before !== undefined && /^[ \t]*$/u.test(before) ? before : undefined;
    },
    between: (first, second) => {
      const start = offsetOf(first.file, first.span.end);
      const end = offsetOf(second.file, second.span.start);
      return first.file !== second.file || start === undefined || end === undefined || end < start ? undefined : text.slice(start, end);
    },
    text: (site) => {
      const start = site.via === undefined ? offsetOf(site.file, site.span.start) : undefined;
      const end = offsetOf(site.file, site.span.end);
      // A piece that went through other files or definitions is longer or shorter than what was written.
      return start === undefined || end === undefined || end - start !== site.span.end - site.span.start
        ? undefined
        : text.slice(start, end);
    },
    next: (site) => {
      const end = site.via === undefined ? offsetOf(site.file, site.span.end) : undefined;
      return end === undefined ? "" : text.slice(end, end + 1);
    },
    language,
    isTemplate: template,
    hasDroppedLines: ({ file, span }) => {
      const own = dropped().get(file) ?? [];
      const last = own[lastAtMost(own.length, (index) => own[index]!, span.end)];
      return last !== undefined && last >= span.start && last <= span.end;
    },
  };
};

/** A guess by the first line that says something: braces that open nothing and quoted keys, or a key with a colon and no brace. */
const languageOf = (text: string): ForeignLanguage | undefined => {
  const first = /^(?:[ \t]*(?:[#!].*)?\r?\n)*[ \t]*([^\r\n]*)/u.exec(text)?.[1] ?? "";
  if (/^[{[]/u.test(first)) return /"[a-z_]+"[ \t]*:/iu.test(text) ? "JSON" : undefined;
  const isKey = /^(?:---|[a-z_]+:)[ \t]*(?:#.*)?$/u.test(first);
  return isKey && !/\{[ \t]*(?:[#!].*)?$/mu.test(text) ? "YAML" : undefined;
};

const piecesByFile = (text: string, segments: readonly Segment[]): ReadonlyMap<string, readonly Piece[]> => {
  const files = new Map<string, Piece[]>();
  segments.forEach((segment, index) => {
    if (!segment.literal) return;
    const piece = { segment, end: segments[index + 1]?.start ?? text.length };
    const own = files.get(segment.file);
    if (own === undefined) files.set(segment.file, [piece]);
    else own.push(piece);
  });
  for (const own of files.values()) own.sort((a, b) => a.segment.fileStart - b.segment.fileStart);
  return files;
};

/** Where lines for other configuration ids begin, sorted, by file. */
const startsByFile = (conditions: Expansion["conditions"]): ReadonlyMap<string, readonly number[]> => {
  const files = new Map<string, number[]>();
  for (const { kept, site } of conditions) {
    if (kept) continue;
    const own = files.get(site.file);
    if (own === undefined) files.set(site.file, [site.span.start]);
    else own.push(site.span.start);
  }
  for (const own of files.values()) own.sort((a, b) => a - b);
  return files;
};

/** The last of `count` sorted numbers that is not greater than `limit`; 0 when none is. */
const lastAtMost = (count: number, at: (index: number) => number, limit: number): number => {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(middle) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
};
