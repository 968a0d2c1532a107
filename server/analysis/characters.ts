/** Characters that look like others, or like nothing. */

/** Blanks that keepalived does not take for blanks. */
const strangeBlanks = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/u;
/** Characters that nobody sees: zero-width ones, direction marks, the byte order mark, the soft hyphen. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u;
const anyInvisible = /[\u00a0\u00ad\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff]/u;
const quotes = /[\u2018-\u201f\u00ab\u00bb]/u;

/** How other languages begin a comment; the end of a `/*` comment as well. */
const foreignComment = /^(?:\/\/|\/\*|\*\/?$|;|--)/u;

/** The sign with which a word begins a comment in another language; undefined when it does not. */
export const foreignCommentIn = (text: string): string | undefined => foreignComment.exec(text)?.[0];

export const hasInvisible = (text: string): boolean => anyInvisible.test(text);

export const hasSmartQuotes = (text: string): boolean => quotes.test(text);

/** What a person reads: blanks for strange blanks, nothing for what cannot be seen. */
export const visible = (text: string): string =>
  text.replaceAll(new RegExp(strangeBlanks, "gu"), " ").replaceAll(new RegExp(invisible, "gu"), "");

/** Straight quotes for typographic ones. */
export const straight = (text: string): string =>
  text.replaceAll(/[\u2018\u2019\u201a\u201b]/gu, "'").replaceAll(/[\u201c-\u201f\u00ab\u00bb]/gu, '"');

/** A character by its number: "U+00A0". */
export const codeOf = (text: string): string => {
  const found = anyInvisible.exec(text)?.[0];
  return found === undefined ? "" : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
};
