/**
 * Two ideas of a quote. For comments, a backslash hides the quote behind it (keepalived v2.4.3 lib/parser.c:2297,
 * decomment); for words it does not (1243, alloc_strvec_r). They differ only on lines with `\"`, which are rare: there the
 * text is masked before it is split into words, so that what is no comment does not look like one.
 */
import type { Span } from "../text.ts";

export interface Masked {
  /** As long as the text. Comments are blanks; comment characters that begin none are letters. */
  readonly text: string;
  /** Quotes without a partner on their line, as the search for comments counts them. */
  readonly unterminated: readonly Span[];
}

/** Undefined when no line needs it. */
export const maskQuotes = (text: string): Masked | undefined => {
  let at = text.indexOf('\\"');
  if (at < 0) return undefined;
  const parts: string[] = [];
  const unterminated: Span[] = [];
  let done = 0;
  while (at >= 0) {
    const start = text.lastIndexOf("\n", at) + 1;
    const feed = text.indexOf("\n", at);
    const end = feed < 0 ? text.length : feed;
    const line = maskLine(text.slice(start, end));
    parts.push(text.slice(done, start), line.text);
    if (line.quote !== undefined) unterminated.push({ start: start + line.quote, end });
    done = end;
    at = text.indexOf('\\"', end);
  }
  return { text: parts.join("") + text.slice(done), unterminated };
};

const maskLine = (line: string): { readonly text: string; readonly quote: number | undefined } => {
  let quote: number | undefined;
  let masked = "";
  let done = 0;
  for (let at = 0; at < line.length; at++) {
    const c = line[at]!;
    if (c === '"') quote = quote === undefined ? at : undefined;
    else if (c === "\\") {
      const next = line[at + 1];
      at++;
      if (quote === undefined || (next !== "#" && next !== "!")) continue;
      masked += `${line.slice(done, at)}x`;
      done = at + 1;
    } else if (c === "#" || c === "!") {
      if (quote === undefined) return { text: masked + line.slice(done, at) + " ".repeat(line.length - at), quote };
      masked += `${line.slice(done, at)}x`;
      done = at + 1;
    }
  }
  return { text: masked + line.slice(done), quote };
};
