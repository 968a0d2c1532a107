/** Words and punctuation of an nftables ruleset, each with its place. */

export interface NftToken {
  /** `end` is a line end or `;`; the text of a quoted word is without its quotes. */
  readonly kind: "word" | "open" | "close" | "comma" | "colon" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

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
