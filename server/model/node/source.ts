/** The lines a configuration was written in, found by a site: what stands before and behind a word. */
import type { MappedText, Segment, Site } from "../../../grammar/text.ts";

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
}

/** Finds literal text of the files that an expanded text was made of. */
export const sourceOf = ({ text, segments }: MappedText): Source => {
  const files = new Map<string, { segment: Segment; end: number }[]>();
  segments.forEach((segment, index) => {
    if (!segment.literal) return;
    const own = files.get(segment.file);
    const entry = { segment, end: segments[index + 1]?.start ?? text.length };
    if (own === undefined) files.set(segment.file, [entry]);
    else own.push(entry);
  });
  for (const own of files.values()) own.sort((a, b) => a.segment.fileStart - b.segment.fileStart);

  /** The offset in the text of an offset in a file. */
  const offsetOf = (file: string, offset: number): number | undefined => {
    const own = files.get(file) ?? [];
    let low = 0;
    let high = own.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (own[middle]!.segment.fileStart <= offset) low = middle;
      else high = middle - 1;
    }
    const found = own[low];
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
      return start === undefined || end === undefined || end - start !== site.span.end - site.span.start ? undefined : text.slice(start, end);
    },
    next: (site) => {
      const end = site.via === undefined ? offsetOf(site.file, site.span.end) : undefined;
      return end === undefined ? "" : text.slice(end, end + 1);
    },
  };
};
