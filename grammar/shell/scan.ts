/**
 * Finding where things end in shell text: quotes, `${ }`, `$( )`, `$(( ))`, backquotes, words. No tree is built here; the
 * lexer uses these to make one token of a word, the second step (words.ts) to cut a word into its parts.
 *
 * Every function takes the offset of the opening character and returns the offset behind the closing one. When the
 * text ends first, it returns `~opener` (a negative number) with the innermost opener that nothing closes.
 */
import { continued, isBlank, isWordEnd, joined, withoutContinued } from "./characters.ts";

/** How deep quotes and substitutions may lie in each other before kalint stops following them. */
export const MAX_DEPTH = 60;

/** What the scan of one text needs to know and to count. */
export interface Scan {
  readonly text: string;
  /** Extended globs `@(a|b)` are words only after `shopt -s extglob`. */
  readonly extglob: boolean;
  /** Characters that attempts which came to nothing may still cost: keeps hostile text linear. */
  budget: number;
  /** Where something was first nested deeper than MAX_DEPTH. */
  tooDeep: number | undefined;
}

export const newScan = (text: string, extglob: boolean): Scan => ({ text, extglob, budget: 20 * text.length + 1000, tooDeep: undefined });

/** A letter, a digit or an underscore. */

const scanSingle = (text: string, at: number): number => {
  const close = text.indexOf("'", at + 1);
  return close < 0 ? ~at : close + 1;
};

/** To `close`, stepping over backslashed characters only. */
const scanEscaped = (text: string, at: number, from: number, close: number): number => {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === close) return i + 1;
  }
  return ~at;
};

export const scanBackquote = (text: string, at: number): number => scanEscaped(text, at, at + 1, 96);

export const scanDouble = (scan: Scan, at: number, depth: number): number => {
  const { text } = scan;
  let i = at + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 34) return i + 1;
    if (code === 92) i += 2;
    else if (code === 36) {
      i = scanDollar(scan, i, depth + 1);
      if (i < 0) return i;
    } else if (code === 96) {
      i = scanBackquote(text, i);
      if (i < 0) return i;
    } else i++;
  }
  return ~at;
};

/** Of an expression. bash 5.2 counts through 20,000, and falls at 30,000 (segmentation fault). */
const MAX_PARENTHESES = 1000;

/**
 * The inside of `(( ))`, from behind the second parenthesis: the offset behind `))`, 0 when the parentheses close
 * otherwise (then it is a subshell in a subshell), or ~opener. Substitutions are only counted through, so that trying costs no more than one pass.
 */
export const scanArithmetic = (scan: Scan, opener: number, from: number): number => {
  const { text } = scan;
  if (scan.budget < 0) return 0;
  let open = 2;
  let deepest = 0;
  let i = from;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 92) i += 2;
    else if (code === 39 || code === 34) {
      const end = code === 39 ? scanSingle(text, i) : scanEscaped(text, i, i + 1, 34);
      if (end < 0) break;
      i = end;
    } else if (code === 40) {
      open++;
      if (open > deepest) deepest = open;
      i++;
    } else if (code === 41) {
      open--;
      i++;
      if (open === 1) {
        if (text.charCodeAt(i) === 41) {
          if (deepest > MAX_PARENTHESES) scan.tooDeep ??= opener;
          return i + 1;
        }
        scan.budget -= i - from;
        return 0;
      }
    } else i++;
  }
  scan.budget -= text.length - from;
  return ~opener;
};

/** `$…` in any context: substitutions are stepped over, of a plain `$NAME` only the dollar. */
export const scanDollar = (scan: Scan, at: number, depth: number): number => {
  const { text } = scan;
  const next = text.charCodeAt(at + 1);
  if (next !== 40 && next !== 123 && next !== 91) return at + 1;
  if (depth > MAX_DEPTH) {
    scan.tooDeep ??= at;
    return ~at;
  }
  if (next === 123) return scanBraces(scan, at, depth + 1);
  if (next === 91) {
    const end = scanBracket(scan, at + 1, depth + 1);
    return end < 0 ? ~at : end;
  }
  if (text.charCodeAt(at + 2) === 40) {
    const end = scanArithmetic(scan, at, at + 3);
    if (end !== 0) return end;
  }
  return scanCommands(scan, at, at + 2, depth + 1, true);
};

/** `[ … ]` with balanced brackets, from the opening one. */
export const scanBracket = (scan: Scan, at: number, depth: number): number => {
  const { text } = scan;
  let open = 0;
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 91) open++;
    else if (code === 93 && --open === 0) return i + 1;
    const end = scanQuoted(scan, i, depth);
    if (end < 0) return end;
    i = end === i ? i + 1 : end;
  }
  return ~at;
};

/** Steps over a quote, substitution or backslashed character at `i`; returns `i` itself when there is none. */
const scanQuoted = (scan: Scan, i: number, depth: number): number => {
  const { text } = scan;
  switch (text.charCodeAt(i)) {
    case 92:
      return Math.max(continued(text, i), Math.min(i + 2, text.length));
    case 39:
      return scanSingle(text, i);
    case 34:
      return scanDouble(scan, i, depth);
    case 96:
      return scanBackquote(text, i);
    case 36:
      if (text.charCodeAt(i + 1) === 39) return scanEscaped(text, i, i + 2, 39);
      return scanDollar(scan, i, depth);
    default:
      return i;
  }
};

/** `${ … }` from the dollar. Quotes count inside it, also within double quotes: so bash reads it, if not in POSIX mode. */
const scanBraces = (scan: Scan, at: number, depth: number): number => {
  const { text } = scan;
  // `${#}`, `${#name}` and `${'` are told apart by bash only when it runs; a `#` or `}` first is part of the name.
  let i = at + 2;
  while (i < text.length) {
    if (text.charCodeAt(i) === 125) return i + 1;
    const end = scanQuoted(scan, i, depth);
    if (end < 0) return end;
    i = end === i ? i + 1 : end;
  }
  return ~at;
};

/** Words behind which a command begins again. */
const LEADING = new Set(["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "coproc"]);

/** Where a heredoc's delimiter stands and what it is; undefined when no word follows. */
export interface Delimiter {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly quoted: boolean;
}

/** The delimiter behind `<<` or `<<-`, blanks skipped. */
export const scanDelimiter = (scan: Scan, from: number): Delimiter | undefined => {
  const { text } = scan;
  let start = from;
  while (isBlank(text.charCodeAt(start)) || continued(text, start) > start) start = Math.max(start + 1, continued(text, start));
  const end = withoutContinued(text, scanWord(scan, start, 0));
  if (end <= start) return undefined;
  const written = joined(text.slice(start, end));
  const quoted = /['"\\]/u.test(written);
  return { start, end, text: quoted ? unquoted(written) : written, quoted };
};

const unquoted = (written: string): string => {
  let out = "";
  for (let i = 0; i < written.length; i++) {
    const char = written[i]!;
    if (char === "\\") out += written[++i] ?? "";
    else if (char !== "'" && char !== '"' && !(char === "$" && (written[i + 1] === "'" || written[i + 1] === '"'))) out += char;
  }
  return out;
};

/** Where the body of a heredoc ends: `end` behind its last line, `next` behind the line of the delimiter. */
export const scanHeredoc = (
  text: string,
  from: number,
  delimiter: string,
  tabs: boolean,
): { readonly end: number; readonly next: number } => {
  let line = from;
  while (line < text.length) {
    const feed = text.indexOf("\n", line);
    const stop = feed < 0 ? text.length : feed;
    let start = line;
    if (tabs) while (text.charCodeAt(start) === 9) start++;
    const length = text.charCodeAt(stop - 1) === 13 && feed >= 0 ? stop - 1 - start : stop - start;
    if (length === delimiter.length && text.startsWith(delimiter, start)) return { end: line, next: feed < 0 ? text.length : feed + 1 };
    line = feed < 0 ? text.length : feed + 1;
  }
  return { end: text.length, next: text.length };
};

/**
 * The inside of `$( )`, `<( )`, or of an array's `( )`, from behind the opening parenthesis. Commands are not parsed,
 * but followed closely enough to know which parenthesis closes: comments, heredocs and the patterns of `case` hold unmatched ones.
 */
export const scanCommands = (scan: Scan, opener: number, from: number, depth: number, commands: boolean): number => {
  const { text } = scan;
  if (depth > MAX_DEPTH) {
    scan.tooDeep ??= opener;
    return ~opener;
  }
  /** "(" an open parenthesis, "c" a case before its `in`, "p" one that reads patterns, "b" one in an arm's body. */
  const open: ("(" | "c" | "p" | "b")[] = ["("];
  const heredocs: { readonly delimiter: Delimiter; readonly tabs: boolean }[] = [];
  let first = commands;
  let i = from;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const top = open[open.length - 1];
    if (code === 10) {
      i++;
      for (const { delimiter, tabs } of heredocs) i = scanHeredoc(text, i, delimiter.text, tabs).next;
      heredocs.length = 0;
      first = commands;
    } else if (isBlank(code) || code === 13) i++;
    else if (code === 35) {
      const feed = text.indexOf("\n", i);
      i = feed < 0 ? text.length : feed;
    } else if (code === 41) {
      i++;
      if (top === "p") open[open.length - 1] = "b";
      else {
        open.pop();
        if (open.length === 0) return i;
      }
      first = commands;
    } else if (code === 40) {
      if (top === "p") i++;
      else {
        const end = first && text.charCodeAt(i + 1) === 40 ? scanArithmetic(scan, i, i + 2) : 0;
        if (end > 0) {
          i = end;
          first = false;
          continue;
        }
        if (open.length > MAX_DEPTH) {
          scan.tooDeep ??= opener;
          return ~opener;
        }
        open.push("(");
        i++;
        first = commands;
      }
    } else if (code === 59 || code === 38 || code === 124) {
      if (code === 59 && top === "b" && (text.charCodeAt(i + 1) === 59 || text.charCodeAt(i + 1) === 38)) {
        open[open.length - 1] = "p";
        i++;
        if (text.charCodeAt(i + 1) === 38) i++;
      }
      i++;
      first = commands;
    } else if ((code === 60 || code === 62) && text.charCodeAt(i + 1) !== 40) {
      if (commands && code === 60 && text.charCodeAt(i + 1) === 60 && text.charCodeAt(i + 2) !== 60) {
        const tabs = text.charCodeAt(i + 2) === 45;
        const delimiter = scanDelimiter(scan, i + (tabs ? 3 : 2));
        if (delimiter !== undefined) heredocs.push({ delimiter, tabs });
        i = delimiter?.end ?? i + 2;
      } else i += text.startsWith("<<<", i) ? 3 : 1;
    } else {
      const end = scanWord(scan, i, depth);
      if (end < 0) return end;
      if (end === i) {
        i++;
        continue;
      }
      if (commands && (first || top !== "(")) {
        const word = end - i <= 12 ? joined(text.slice(i, end)) : "";
        if (top === "c") {
          if (word === "in") open[open.length - 1] = "p";
          first = false;
        } else if (word === "esac" && (top === "p" || (top === "b" && first))) {
          open.pop();
          first = false;
        } else if (first && word === "case") {
          open.push("c");
          first = false;
        } else first = first && LEADING.has(word);
      }
      i = end;
    }
  }
  return ~opener;
};

/** An extended glob's parenthesis follows this character. */
const isGlobLead = (code: number): boolean => code === 64 || code === 43 || code === 33 || code === 63 || code === 42;

/**
 * A word from its first character to the first unquoted one that ends it; returns `at` when no word begins there.
 * `globs` allows extended globs whatever the script's options say (in `[[ ]]`).
 */
export const scanWord = (scan: Scan, at: number, depth: number, globs = scan.extglob): number => {
  const { text } = scan;
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if ((code === 60 || code === 62) && text.charCodeAt(i + 1) === 40) {
      i = scanCommands(scan, i, i + 2, depth + 1, true);
      if (i < 0) return i;
      continue;
    }
    if (isWordEnd(text, i)) return i;
    if (globs && isGlobLead(code) && text.charCodeAt(i + 1) === 40) {
      i = scanGlob(scan, i + 1, depth + 1);
      if (i < 0) return i;
      continue;
    }
    const end = scanQuoted(scan, i, depth);
    if (end < 0) return end;
    i = end === i ? i + 1 : end;
  }
  return i;
};

/** The `( … | … )` of an extended glob. */
const scanGlob = (scan: Scan, at: number, depth: number): number => {
  const { text } = scan;
  let open = 0;
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 40) open++;
    else if (code === 41 && --open === 0) return i + 1;
    const end = scanQuoted(scan, i, depth);
    if (end < 0) return end;
    i = end === i ? i + 1 : end;
  }
  return ~at;
};
