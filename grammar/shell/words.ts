/**
 * The second step: a word's text cut into its parts. Spans stay those of the whole text; the commands inside
 * substitutions are not parsed here but handed to `substitution`, which promises their statements.
 */
import { endOfSign, signStart } from "../template/render.ts";
import type { Span } from "../text.ts";
import { MAX_DEPTH, newScan, scanBackquote, scanBracket, scanDollar, scanDouble, scanWord, type Scan } from "./scan.ts";
import type { Parameter, Statement, Word, WordPart } from "./tree.ts";

export interface PartsContext {
  readonly text: string;
  readonly extglob: boolean;
  /** What the commands of a substitution will be; `quiet` inside backquotes, whose problems show only when they run. */
  readonly substitution: (inside: Span, quiet: boolean) => readonly Statement[];
}

/** `double`: inside double quotes; `heredoc`: like it, but a double quote is an ordinary character. */
type Mode = "plain" | "double" | "heredoc";

/** Characters that make a word more than a literal. */
const SPECIAL = /[\\'"$`*?[{<>(\r\n\u{fdd0}]/u;

/** The parts of the word `text` that stands at `span`. */
export const partsOf = (context: PartsContext, span: Span, text: string): readonly WordPart[] => {
  if (text === "") return [];
  if (!SPECIAL.test(text)) return [{ kind: "literal", span, value: text }];
  return cut(context, span.start, span.end, "plain", 0);
};

/** The parts of a heredoc's body that is expanded. */
export const heredocParts = (context: PartsContext, span: Span): readonly WordPart[] => cut(context, span.start, span.end, "heredoc", 0);

/** A word over `span`, for text that is no token of its own. */
const wordOf = (context: PartsContext, start: number, end: number, mode: Mode, depth: number): Word => ({
  kind: "word",
  span: { start, end },
  text: context.text.slice(start, end),
  parts: cut(context, start, end, mode, depth),
});

const cut = (context: PartsContext, start: number, end: number, mode: Mode, depth: number): readonly WordPart[] => {
  const { text } = context;
  // The scan has refused such a text already; what is left of it is only kept.
  if (depth > MAX_DEPTH) return end > start ? [{ kind: "literal", span: { start, end }, value: text.slice(start, end) }] : [];
  const scan = newScan(text, context.extglob);
  const parts: WordPart[] = [];
  const special = mode === "plain" ? SPECIAL_PLAIN : SPECIAL_QUOTED;
  /** The literal that is being read: what is known of its value, and from where the text goes on. */
  let value = "";
  let run = start;
  let from = start;
  const flush = (to: number): void => {
    value += text.slice(run, to);
    if (to > from && (value !== "" || mode === "plain")) parts.push({ kind: "literal", span: { start: from, end: to }, value });
    value = "";
  };
  let i = start;
  while (i < end) {
    const code = text.charCodeAt(i);
    if (code === signStart) {
      const part = valueOfTemplate(text, i, end);
      flush(i);
      parts.push(part);
      i = from = run = part.span.end;
      continue;
    }
    if (code > 127 || special[code] === 0) {
      i++;
      continue;
    }
    if (code === 92) {
      const next = text[i + 1] ?? "";
      value += text.slice(run, i);
      if (next === "\n") i += 2;
      else if (next === "\r" && text[i + 2] === "\n") i += 3;
      else {
        const plain = mode === "plain" || next === "$" || next === "`" || next === "\\" || (next === '"' && mode === "double");
        value += plain ? next : `\\${next}`;
        i += 2;
      }
      i = Math.min(i, end);
      run = i;
      continue;
    }
    // A dollar sign, a backquote, and outside double quotes a quote.
    const expands = code === 36 || code === 96 || code === 39 || code === 34;
    const part = expands ? expansion(context, scan, i, end, mode, depth) : unquotedPart(context, scan, i, end, depth);
    if (part === undefined) {
      i++;
      continue;
    }
    flush(part.span.start);
    parts.push(part);
    i = from = run = part.span.end;
  }
  flush(end);
  return parts;
};

/** Of a template's value nothing is known, as of a parameter without a name. */
const valueOfTemplate = (text: string, start: number, limit: number): Parameter => ({
  kind: "parameter",
  span: { start, end: Math.min(limit, endOfSign(text, start)) },
  name: "",
});

/** Single quotes hide nothing from a template: what stands in them is text and values. */
const quotedParts = (text: string, { start, end }: Span): readonly WordPart[] => {
  const parts: WordPart[] = [];
  for (let at = start; at < end;) {
    const sign = text.indexOf("\u{fdd0}", at);
    const stop = sign < 0 || sign > end ? end : sign;
    if (stop > at) parts.push({ kind: "literal", span: { start: at, end: stop }, value: text.slice(at, stop) });
    if (stop >= end) break;
    const value = valueOfTemplate(text, stop, end);
    parts.push(value);
    at = value.span.end;
  }
  return parts;
};

/** A one for each character of the Basic Latin block that may begin something. */
const tableOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
};
const SPECIAL_PLAIN = tableOf("\\$`'\"<>@+!?*[{");
const SPECIAL_QUOTED = tableOf("\\$`");

/** A quote, parameter or substitution at `i`; undefined when the character stands for itself. */
const expansion = (context: PartsContext, scan: Scan, i: number, limit: number, mode: Mode, depth: number): WordPart | undefined => {
  const { text } = context;
  /** An unclosed one ends with the word. */
  const bounded = (end: number): number => (end < 0 || end > limit ? limit : end);
  const closed = (end: number): number => (end < 0 || end > limit ? limit : end - 1);
  const char = text[i]!;
  if (char === "'") {
    const close = text.indexOf("'", i + 1);
    const end = bounded(close < 0 ? -1 : close + 1);
    const inside = { start: i + 1, end: closed(close < 0 ? -1 : close + 1) };
    if (text.slice(inside.start, inside.end).includes("\u{fdd0}"))
      return { kind: "double-quoted", span: { start: i, end }, parts: quotedParts(text, inside) };
    return { kind: "single-quoted", span: { start: i, end }, value: text.slice(i + 1, closed(close < 0 ? -1 : close + 1)) };
  }
  if (char === '"') {
    const end = scanDouble(scan, i, depth);
    return { kind: "double-quoted", span: { start: i, end: bounded(end) }, parts: cut(context, i + 1, closed(end), "double", depth + 1) };
  }
  if (char === "`") {
    const end = scanBackquote(text, i);
    if (end < 0 && mode === "heredoc") return undefined;
    const inside = { start: i + 1, end: closed(end) };
    // Backslashes in backquotes go through one more unquoting, after which offsets would no longer fit.
    const escaped = /\\[$`\\]/u.test(text.slice(inside.start, inside.end));
    const body = escaped ? [] : context.substitution(inside, true);
    return { kind: "command-substitution", span: { start: i, end: bounded(end) }, backquoted: true, body };
  }
  const next = text[i + 1] ?? "";
  if (mode === "plain" && next === "'") return ansi(text, i, limit);
  if (mode === "plain" && next === '"') {
    const end = scanDouble(scan, i + 1, depth);
    return { kind: "double-quoted", span: { start: i, end: bounded(end) }, parts: cut(context, i + 2, closed(end), "double", depth + 1) };
  }
  if (next === "{") return braced(context, scan, i, limit, mode, depth);
  if (next === "(" || next === "[") {
    const end = scanDollar(scan, i, depth);
    if (end < 0 && mode === "heredoc") return undefined;
    const span = { start: i, end: bounded(end) };
    // What is wrong inside shows when the shell counts: nothing is said of it, as in a heredoc.
    const counted = (from: number, to: number): WordPart => ({
      kind: "arithmetic",
      span,
      expression: text.slice(from, to),
      parts: cut(context, from, to, "heredoc", depth + 1),
    });
    if (next === "[") return counted(i + 2, closed(end));
    if (isArithmetic(text, i, end)) return counted(i + 3, end - 2);
    return {
      kind: "command-substitution",
      span,
      backquoted: false,
      body: context.substitution({ start: i + 2, end: closed(end) }, mode === "heredoc"),
    };
  }
  NAME.lastIndex = i + 1;
  const name = NAME.exec(text)?.[0] ?? "";
  if (name === "" || i + 1 + name.length > limit) return undefined;
  return { kind: "parameter", span: { start: i, end: i + 1 + name.length }, name };
};

const NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]/uy;

/** Whether the `$( … )` from `start` to `end` is an arithmetic one: its inner parentheses close only at the very end. */
const isArithmetic = (text: string, start: number, end: number): boolean => {
  if (end < 0 || text[start + 2] !== "(" || text[end - 2] !== ")") return false;
  let open = 0;
  for (let i = start + 1; i < end; i++) {
    const char = text[i];
    if (char === "\\") i++;
    else if (char === "(") open++;
    else if (char === ")" && --open === 1) return i === end - 2;
  }
  return false;
};

/** The escapes of `$'…'` that stand for one character. */
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", e: "\x1b", E: "\x1b", f: "\f", v: "\v" };

const ansi = (text: string, start: number, limit: number): WordPart => {
  let value = "";
  let i = start + 2;
  while (i < limit && text[i] !== "'") {
    const char = text[i]!;
    if (char !== "\\") {
      value += char;
      i++;
      continue;
    }
    const code = /^(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|([0-7]{1,3}))/u.exec(text.slice(i + 1, i + 6));
    if (code === null) {
      const next = text[i + 1] ?? "";
      value += ESCAPES[next] ?? ("\\'\"?".includes(next) ? next : char + next);
      i += 2;
    } else {
      value += String.fromCharCode(code[3] === undefined ? parseInt(code[1] ?? code[2]!, 16) : parseInt(code[3], 8));
      i += 1 + code[0].length;
    }
  }
  return { kind: "single-quoted", span: { start, end: Math.min(i + 1, limit) }, value };
};

const OPERATOR = /:[-=?+]|[-=?+]|##?|%%?|\/[/#%]?|\^\^?|,,?|@|:/uy;
const BRACED_NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]/uy;

/** `${ … }` */
const braced = (context: PartsContext, scan: Scan, start: number, limit: number, mode: Mode, depth: number): Parameter | undefined => {
  const { text } = context;
  const found = scanDollar(scan, start, depth);
  if (found < 0 && mode === "heredoc") return undefined;
  const end = found < 0 || found > limit ? limit : found;
  const inside = found < 0 || found > limit ? limit : found - 1;
  const span = { start, end };
  let i = start + 2;
  let prefix: "#" | "!" | undefined;
  const first = text[i];
  if ((first === "#" || first === "!") && i + 1 < inside && /[A-Za-z0-9_@*?$#!-]/u.test(text[i + 1]!)) {
    prefix = first;
    i++;
  }
  BRACED_NAME.lastIndex = i;
  const name = BRACED_NAME.exec(text)?.[0] ?? "";
  if (name === "" || i + name.length > inside) return { kind: "parameter", span, name: "" };
  i += name.length;
  let index: string | undefined;
  if (text[i] === "[") {
    const close = scanBracket(scan, i, depth);
    if (close > 0 && close <= inside) {
      index = text.slice(i + 1, close - 1);
      i = close;
    }
  }
  OPERATOR.lastIndex = i;
  const operator = i < inside ? OPERATOR.exec(text)?.[0] : undefined;
  if (operator !== undefined) i += operator.length;
  return {
    kind: "parameter",
    span,
    name,
    ...(prefix === undefined ? {} : { prefix }),
    ...(index === undefined ? {} : { index }),
    ...(operator === undefined
      ? {}
      : { operator, argument: wordOf(context, i, Math.max(i, inside), mode === "heredoc" ? "double" : mode, depth + 1) }),
  };
};

const BRACES = /\{(?:[^\s{},'"$`\\<>()|&;]*,[^\s{}'"$`\\<>()|&;]*|[A-Za-z0-9-]+\.\.[A-Za-z0-9-]+(?:\.\.[0-9-]+)?)\}/uy;

/** A process substitution, glob, brace expansion or array at `i` of an unquoted word. */
const unquotedPart = (context: PartsContext, scan: Scan, i: number, limit: number, depth: number): WordPart | undefined => {
  const { text } = context;
  const char = text[i]!;
  const next = text[i + 1];
  if ((char === "<" || char === ">") && next === "(") {
    const found = scanDollar(scan, i, depth);
    // `scanDollar` looks at the character behind the first: `<(` and `$(` end alike.
    const end = found < 0 || found > limit ? limit : found;
    const body = context.substitution({ start: i + 2, end: found < 0 || found > limit ? limit : end - 1 }, false);
    return { kind: "process-substitution", span: { start: i, end }, direction: char, body };
  }
  if ("@+!?*".includes(char) && next === "(") {
    const end = scanWord(scan, i, depth, true);
    const stop = end < 0 || end > limit ? limit : end;
    return { kind: "glob", span: { start: i, end: stop }, text: text.slice(i, stop) };
  }
  if (char === "*" || char === "?") return { kind: "glob", span: { start: i, end: i + 1 }, text: char };
  if (char === "[") {
    // A bracket expression is short; looking no further keeps a text of opening brackets linear.
    const close = text.slice(i + 2, Math.min(i + 82, limit)).indexOf("]");
    return close < 0 ? undefined : { kind: "glob", span: { start: i, end: i + 3 + close }, text: text.slice(i, i + 3 + close) };
  }
  if (char === "{") {
    BRACES.lastIndex = i;
    const hit = BRACES.exec(text)?.[0];
    if (hit !== undefined && i + hit.length <= limit) return { kind: "braces", span: { start: i, end: i + hit.length }, text: hit };
  }
  return undefined;
};
