/**
 * How commands are split into words (keepalived v2.4.3 lib/parser.c:1070, alloc_strvec_quoted_escaped_common; grammar
 * facts 4.2 to 4.4): single and double quotes both protect, pieces that touch make one word, a backslash takes the
 * character behind it along. The daemon does this twice: with the line, to find the command, its user and its group, and
 * with the command, to find the program and its arguments.
 */

export interface CommandWord {
  readonly text: string;
  /** Offsets in the text that was split, quotes included. */
  readonly start: number;
  readonly end: number;
  /** One piece in one pair of quotes. */
  readonly quoted: boolean;
  /** The text is what stands there, but for a pair of quotes around it. */
  readonly literal: boolean;
}

export interface CommandWords {
  readonly words: readonly CommandWord[];
  /** The quote that has no partner, or a backslash with nothing behind it: the daemon gives the whole line up. */
  readonly broken?: { readonly at: number; readonly character: string };
}

export interface SplitOptions {
  /** Backslash sequences become characters; else they stay as they are. */
  readonly escapes: boolean;
  /** `\x` takes any number of digits (before 2.3.2), of which the last two count. */
  readonly longHex?: boolean;
}

const isBlank = (c: string | undefined): boolean => c === " " || c === "\t" || c === "\r" || c === "\n" || c === "\v" || c === "\f";
const named: Readonly<Record<string, string>> = { a: "\u0007", b: "\b", E: "\u001b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

export const splitCommandLine = (text: string, { escapes, longHex = false }: SplitOptions): CommandWords => {
  const words: CommandWord[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isBlank(text[at])) at++;
    if (at >= text.length) return { words };
    const start = at;
    let value = "";
    let quote: string | undefined;
    let opened = at;
    let pieces = 0;
    let changed = false;
    while (at < text.length && (quote !== undefined || !isBlank(text[at]))) {
      const c = text[at]!;
      if (c === "\\") {
        if (at + 1 >= text.length) return { words, broken: { at, character: c } };
        const { character, end } = escapes ? escaped(text, at + 1, longHex) : { character: text.slice(at, at + 2), end: at + 2 };
        changed = changed || escapes;
        value += character;
        at = end;
      } else if (c === quote) {
        quote = undefined;
        at++;
      } else if (quote === undefined && (c === "'" || c === '"')) {
        quote = c;
        opened = at++;
        pieces++;
      } else {
        value += c;
        at++;
      }
    }
    if (quote !== undefined) return { words, broken: { at: opened, character: quote } };
    const quoted = pieces === 1 && opened === start && at - start >= 2 && text[at - 1] === text[start];
    words.push({ text: value, start, end: at, quoted, literal: !changed && (pieces === 0 || (quoted && value.length === at - start - 2)) });
  }
};

/** The character that a backslash sequence stands for, and where what follows begins. */
const escaped = (text: string, at: number, longHex: boolean): { readonly character: string; readonly end: number } => {
  const hex = longHex ? /x([0-9a-fA-F]+)/uy : /x([0-9a-fA-F]{1,2})/uy;
  hex.lastIndex = at;
  const digits = hex.exec(text)?.[1];
  if (digits !== undefined) return { character: String.fromCharCode(Number.parseInt(digits.slice(-2), 16)), end: at + 1 + digits.length };
  const octal = /[0-7]{1,3}/uy;
  octal.lastIndex = at;
  const number = octal.exec(text)?.[0];
  if (number !== undefined) return { character: String.fromCharCode(Number.parseInt(number, 8) & 0xff), end: at + number.length };
  const c = text[at]!;
  if (c === "c" && at + 1 < text.length) return { character: String.fromCharCode(text.charCodeAt(at + 1) & 0x1f), end: at + 2 };
  return { character: named[c] ?? c, end: at + 1 };
};
