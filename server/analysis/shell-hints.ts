/** What most likely went wrong where a shell stops reading: guesses from how the script is written, told as notes. */
import type { Span } from "../../grammar/text.ts";

/** A place in the script and what to do there. */
export interface Hint {
  readonly span: Span;
  readonly message: string;
}

/** A problem of the parser. */
interface Stop {
  readonly span: Span;
  readonly detail: string;
  readonly other?: Span;
}

/** The first hint that fits; undefined when the message says it all. */
export const hintFor = (text: string, stop: Stop): Hint | undefined => {
  for (const guess of GUESSES) {
    const hint = guess.fits.test(stop.detail) ? guess.look(text, stop) : undefined;
    if (hint !== undefined) return hint;
  }
  return undefined;
};

interface Guess {
  /** The messages it is about. */
  readonly fits: RegExp;
  readonly look: (text: string, stop: Stop) => Hint | undefined;
}

/** How far back a guess looks. */
const WINDOW = 20_000;

/** The text from what was opened, or from a while before, up to the error. */
const before = (text: string, { span, other }: Stop): { readonly from: number; readonly part: string } => {
  const from = Math.max(other?.start ?? 0, span.start - WINDOW);
  return { from, part: text.slice(from, span.start) };
};

/** The last hit of a pattern before the error, without comments; `message` may speak of it. */
const last =
  (pattern: RegExp, message: string) =>
  (text: string, stop: Stop): Hint | undefined => {
    const { from, part } = before(text, stop);
    const hits = [...part.matchAll(pattern)].filter(({ index }) => !inComment(part, index));
    const hit = hits.at(-1);
    if (hit === undefined) return undefined;
    const word = hit.groups!["word"]!;
    const start = from + hit.index + hit[0].indexOf(word);
    return { span: { start, end: start + word.length }, message: message.replace("#", word) };
  };

const inComment = (text: string, at: number): boolean => /(?:^|[ \t])#/u.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, at + 1));

const at = (span: Span, message: string): Hint => ({ span, message });

/** The line that a place stands in. */
const lineAt = (text: string, offset: number): string => {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end < 0 ? text.length : end);
};

/** A quote that spans lines and is closed in the middle of a word: more likely it was to be closed in its own line. */
const earlierQuote = (text: string, { span }: Stop): Hint | undefined => {
  const quote = text[span.start];
  if (quote !== '"' && quote !== "'") return undefined;
  let comment = false;
  for (let i = 0; i < span.start; i++) {
    const char = text[i]!;
    if (comment) {
      comment = char !== "\n";
      continue;
    }
    if (char === "\\") i++;
    else if (char === "#" && (i === 0 || /\s/u.test(text[i - 1]!))) comment = true;
    else if (char === '"' || char === "'") {
      const close = closing(text, i, span.start);
      if (close === undefined) return undefined;
      if (char === quote && text.slice(i, close).includes("\n") && /[\w$/.]/u.test(text[close + 1] ?? ""))
        return at(
          { start: i, end: i + 1 },
          `the quote that begins here is closed lines later, in front of a word: one is missing in this line`,
        );
      i = close;
    }
  }
  return undefined;
};

const closing = (text: string, open: number, limit: number): number | undefined => {
  for (let i = open + 1; i < limit; i++) {
    if (text[i] === "\\" && text[open] === '"') i++;
    else if (text[i] === text[open]) return i;
  }
  return undefined;
};

const apostrophe = (text: string, { span }: Stop): Hint | undefined =>
  text[span.start] === "'" && /[A-Za-z]/u.test(text[span.start - 1] ?? "") && /[A-Za-z]/u.test(text[span.start + 1] ?? "")
    ? at(span, "an apostrophe begins a quoted text: put the words into double quotes, or write \\'")
    : undefined;

/** A line that is the end of a heredoc but for blanks. */
const heredocEnd = (text: string, stop: Stop): Hint | undefined => {
  const { from, part } = before(text, stop);
  const hits = [...part.matchAll(/<<(?<tabs>-?)[ \t]*(?<quote>["']?)\\?(?<word>[A-Za-z_][A-Za-z0-9_]*)\k<quote>/gu)].slice(-20);
  for (const hit of hits) {
    const { word, tabs } = hit.groups!;
    const begin = from + hit.index + hit[0].length;
    const rest = text.slice(begin, begin + WINDOW);
    if (new RegExp(`^${tabs === "-" ? "\\t*" : ""}${word}\r?$`, "mu").test(rest)) continue;
    const near = new RegExp(`^[ \\t]*${word}[ \\t]*\r?$`, "mu").exec(rest);
    if (near === null) continue;
    const start = begin + near.index;
    const indented = /^[ \t]/u.test(near[0]);
    return at(
      { start, end: start + near[0].trimEnd().length },
      `this does not end the heredoc: ${indented ? `\`${word}\` must stand at the start of its line (\`<<-\` allows tabs before it)` : `blanks follow \`${word}\``}`,
    );
  }
  return undefined;
};

/** `[[ a = b ]` */
const halfTest = (text: string, { span }: Stop): Hint | undefined => {
  const line = lineAt(text, span.start);
  return / \](?!\])/u.test(line) ? at(span, "`[[` is closed by `]]`, and `[` by `]`: here one was mixed with the other") : undefined;
};

const GUESSES: readonly Guess[] = [
  { fits: /^nothing closes this single quote$/u, look: apostrophe },
  { fits: /^nothing closes this (?:single|double) quote$/u, look: earlierQuote },
  { fits: /^nothing closes this `\[\[`/u, look: halfTest },
  { fits: /but the script ends$/u, look: heredocEnd },
  {
    fits: /^`fi` expected, `(?:then|else|elif)` found$/u,
    look: last(/(?:^|[;\n])[ \t]*(?<word>else?s?_?if|elif[^\s;]+)[ \t]/gu, "`#` is no word of the shell: it is `elif`"),
  },
  {
    fits: /^`fi` expected/u,
    look: last(/\b(?<word>else[ \t]+if)\b/gu, "`else if` begins another `if`, which needs a `fi` of its own: `elif` does not"),
  },
  {
    fits: /^`then` expected/u,
    look: last(/[^;\s&|][ \t]+(?<word>then)(?=[ \t\n;]|$)/gu, "`then` only counts where a command begins: put `;` or a line end before it"),
  },
  {
    fits: /^`do` expected/u,
    look: last(/[^;\s&|][ \t]+(?<word>do)(?=[ \t\n;]|$)/gu, "`do` only counts where a command begins: put `;` or a line end before it"),
  },
  {
    fits: /^`\}` expected/u,
    look: last(/[^;\s&|{][ \t]+(?<word>\})(?=[ \t\n;]|$)/gu, "`}` only counts where a command begins: put `;` or a line end before it"),
  },
  { fits: /^`esac` expected, `\)` found$/u, look: (_, { span }) => at(span, "the arm above must end with `;;`") },
  {
    fits: /^`\)` expected, /u,
    look: (_, { other }) => other && at(other, "the `esac` of this `case` is missing: a line without `)` begins no arm"),
  },
  {
    fits: /^a command expected, `(?:fi|done|else|elif|\}|\))` found$/u,
    look: (_, { span }) => at(span, "nothing stands before it; `:` is the command that does nothing"),
  },
  {
    fits: /^`(?:&&|\|\|?|\|&)` without a command/u,
    look: (_, { span }) => at(span, "to go on with the line above, it stands at the end of that line"),
  },
  {
    fits: /^`;` without a command/u,
    look: (text, { span }) => (/&[ \t]*$/u.test(text.slice(0, span.start).slice(-40)) ? at(span, "`&` ends a command itself") : undefined),
  },
  {
    fits: /^`;` or a line end expected, `\(` found$/u,
    look: (text, { span }) =>
      /=[ \t]+$/u.test(text.slice(0, span.start).slice(-40))
        ? at(span, "an array is assigned without blanks around the `=`")
        : at(span, "a parenthesis that is part of a word is quoted"),
  },
];
