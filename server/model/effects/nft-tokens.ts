/** Words and punctuation of an nftables ruleset, each with its place. */
import type { Site } from "../../../grammar/text.ts";

export interface NftToken {
  /** `end` is a line end or `;`; the text of a quoted word is without its quotes. */
  readonly kind: "word" | "open" | "close" | "comma" | "colon" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where it stands, if that is not `start` to `end` of the text: in an argument of a command. */
  readonly site?: Site;
}

/** The text of a word of which nothing is known. No name is empty, so that `$` never is a definition. */
export const unknownWord = "$";

/** From the one to the other; of arguments that stand apart the first. */
export const siteBetween = (file: string, from: NftToken, to: NftToken = from): Site => {
  if (from.site === undefined) return { file, span: { start: from.start, end: to.end } };
  if (to.site === undefined || to.site.file !== from.site.file || to.site.span.end < from.site.span.end) return from.site;
  return { ...from.site, span: { start: from.site.span.start, end: to.site.span.end } };
};

const punctuation: Readonly<Record<string, NftToken["kind"]>> = {
  "{": "open",
  "}": "close",
  ",": "comma",
  ";": "end",
  "\n": "end",
};

/** One pass over the text; a comment goes to the end of its line, a backslash before a line end joins the next line. */
export const nftTokens = (text: string): readonly NftToken[] => {
  const tokens: NftToken[] = [];
  let i = 0;
  while (i < text.length) {
    const char = text[i]!;
    const kind = punctuation[char];
    if (kind !== undefined) tokens.push({ kind, text: char, start: i, end: ++i });
    else if (char === "#") i = lineEnd(text, i);
    else if (char === '"') {
      const close = text.indexOf('"', i + 1);
      const end = close < 0 ? lineEnd(text, i) : close + 1;
      tokens.push({ kind: "word", text: text.slice(i + 1, close < 0 ? end : close), start: i, end });
      i = end;
    } else if (char === ":" && isBlank(text[i + 1])) tokens.push({ kind: "colon", text: char, start: i, end: ++i });
    else if (char === "\\" || isBlank(char)) {
      i++;
      if (char === "\\" && text[i] === "\r") i++;
      if (char === "\\" && text[i] === "\n") i++;
    } else {
      const start = i;
      while (i < text.length && !endsWord(text, i)) i++;
      tokens.push({ kind: "word", text: text.slice(start, i), start, end: i });
    }
  }
  return tokens;
};

const isBlank = (char: string | undefined): boolean =>
  char === undefined || char === " " || char === "\t" || char === "\r" || char === "\n";

const endsWord = (text: string, i: number): boolean => {
  const char = text[i]!;
  return isBlank(char) || punctuation[char] !== undefined || char === '"' || char === "#" || (char === ":" && isBlank(text[i + 1]));
};

const lineEnd = (text: string, from: number): number => {
  const feed = text.indexOf("\n", from);
  return feed < 0 ? text.length : feed;
};
