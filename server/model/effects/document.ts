/** Texts that a script hands to a command: heredocs, here-strings, what echo prints into a pipe. */
import type { Site } from "../../../grammar/text.ts";
import type { Redirection, WordPart } from "../../../grammar/shell/tree.ts";
import type { Argument } from "./commands.ts";
import { variantsOf } from "./expand.ts";
import type { Source } from "./source.ts";
import type { Run } from "./state.ts";
import type { Effect, Known } from "./types.ts";

/** A text and where its characters were written. What cannot be known is one character UNSEEN in it. */
export interface Document {
  readonly text: string;
  /** The place of a span of the text. */
  readonly siteOf: (start: number, end: number) => Site;
}

export const UNSEEN = "\uFFFF";

interface Piece {
  readonly at: number;
  readonly site: Site;
  /** Every character of the piece stands at its own place. */
  readonly exact: boolean;
}

const MAX_LENGTH = 1_000_000;

/** The body of a heredoc with its variables put in. */
export const heredocText = (run: Run, source: Source, { operator, heredoc }: Redirection): Document | undefined => {
  if (heredoc === undefined) return undefined;
  const pieces: Piece[] = [];
  let text = "";
  const put = (value: string, span: { readonly start: number; readonly end: number }): void => {
    pieces.push({ at: text.length, site: run.mapSite(span), exact: value.length === span.end - span.start });
    text += value;
  };
  for (const part of heredoc.parts) {
    if (part.kind !== "literal") {
      put(textOfPart(part, source), part.span);
      continue;
    }
    if (operator !== "<<-" || part.value.length !== part.span.end - part.span.start) {
      put(operator === "<<-" ? part.value.replace(/^\t+/gmu, "") : part.value, part.span);
      continue;
    }
    // Tabs at the starts of lines go; what is left of each line stands where it stood.
    for (const hit of part.value.matchAll(/(\t*)([^\n]*\n?)/gu)) {
      if (hit[0] === "") continue;
      const from = part.span.start + hit.index + hit[1]!.length;
      put(hit[2]!, { start: from, end: from + hit[2]!.length });
    }
    if (text.length > MAX_LENGTH) return undefined;
  }
  return { text, siteOf: placed(pieces, run.mapSite(heredoc.span)) };
};

const textOfPart = (part: WordPart, source: Source): string => {
  const readings = variantsOf(
    { kind: "word", span: part.span, text: "", parts: [{ kind: "double-quoted", span: part.span, parts: [part] }] },
    source,
  );
  const [only, ...rest] = readings;
  return rest.length === 0 && only?.fields.length === 1 ? (only.fields[0] ?? UNSEEN) : UNSEEN;
};

const placed =
  (pieces: readonly Piece[], whole: Site) =>
  (start: number, end: number): Site => {
    let low = 0;
    for (let high = pieces.length; low < high;) {
      const middle = (low + high) >> 1;
      if (pieces[middle]!.at <= start) low = middle + 1;
      else high = middle;
    }
    const first = pieces[low - 1];
    if (first === undefined) return whole;
    const from = first.exact ? first.site.span.start + start - first.at : first.site.span.start;
    let index = low - 1;
    while (pieces[index + 1] !== undefined && pieces[index + 1]!.at < end) index++;
    const last = pieces[index]!;
    const to = last.exact ? last.site.span.start + end - last.at : last.site.span.end;
    return { ...first.site, span: { start: from, end: Math.max(from, to) } };
  };

/** What echo prints: its words with blanks between them, all of it at the place of the words. */
export const printedText = (words: readonly Argument[], whole: Site): Document => {
  const shown = words.filter(({ text }, index) => !(index === 0 && text !== undefined && /^-[neE]+$/u.test(text)));
  const pieces: Piece[] = [];
  let text = "";
  for (const word of shown) {
    if (text !== "") text += " ";
    const value = word.text ?? UNSEEN;
    const part = word.word?.parts.length === 1 ? word.word.parts[0] : undefined;
    const inner = part?.kind === "double-quoted" && part.parts.length === 1 ? part.parts[0] : part;
    const from = inner?.kind === "single-quoted" ? inner.span.start + 1 : (inner?.span.start ?? 0);
    const exact = (inner?.kind === "literal" || inner?.kind === "single-quoted") && inner.value === value;
    pieces.push(
      exact && word.site.span.end - word.site.span.start >= value.length
        ? {
            at: text.length,
            site: { ...word.site, span: { start: word.site.span.start + from - word.word!.span.start, end: word.site.span.end } },
            exact,
          }
        : { at: text.length, site: word.site, exact: false },
    );
    text += value;
  }
  return { text: `${text}\n`, siteOf: placed(pieces, whole) };
};

/** Effects read from a document as if it were a file, put back to where their words stand; values with unseen parts are unknown. */
export const replaced = (effect: Effect, document: Document): Effect => replace(effect, document) as Effect;

const replace = (value: unknown, document: Document): unknown => {
  if (Array.isArray(value)) return value.map((one) => replace(one, document));
  if (typeof value !== "object" || value === null) return value;
  if (isSite(value)) return document.siteOf(value.span.start, value.span.end);
  if (isKnown(value) && hides(value.value)) return { kind: "unknown", site: replace(value.site, document) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, document)]));
};

const isSite = (value: object): value is Site => "span" in value && "file" in value;
const isKnown = (value: object): value is Extract<Known<unknown>, { kind: "known" }> => "kind" in value && value.kind === "known";
const hides = (value: unknown): boolean =>
  typeof value === "string"
    ? value.includes(UNSEEN)
    : Array.isArray(value) && value.some((one) => typeof one === "string" && one.includes(UNSEEN));
