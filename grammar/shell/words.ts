/**
 * The second step: a word's text cut into its parts. Spans stay those of the whole text; the commands inside
 * substitutions are not parsed here but handed to `substitution`, which promises their statements.
 */
import { endOfSign, signStart } from "../template/render.ts";
import type { Span } from "../text.ts";
import { continued, isDigit, isNamed, joined } from "./characters.ts";
import { MAX_DEPTH, scanBackquote, scanBracket, scanDollar, scanWord, type Scan } from "./scan.ts";
import type { Draft, Parameter, Statement, Word, WordPart } from "./tree.ts";

export interface PartsContext {
  readonly text: string;
  readonly scan: Scan;
  /** What the commands of a substitution will be; `quiet` inside backquotes, whose problems show only when they run. */
  readonly substitution: (inside: Span, quiet: boolean) => readonly Statement[];
}

/**
 * `double`: inside double quotes, up to the one that closes them; `inner`: in braces within double quotes or a heredoc, where
 * double quotes quote again; `heredoc`: as within double quotes, but a double quote is an ordinary character, and a backslash before it as well.
 */
type Mode = "plain" | "double" | "inner" | "heredoc";

/** The parts of the word that stands at `span`. */
export const partsOf = (context: PartsContext, { start, end }: Span): readonly WordPart[] => cut(context, start, end, "plain", 0);

/** The parts of a heredoc's body that is expanded. */
export const heredocParts = (context: PartsContext, { start, end }: Span): readonly WordPart[] => cut(context, start, end, "heredoc", 0);

/** A word over `span`, for text that is no token of its own. */
const wordOf = (context: PartsContext, start: number, end: number, mode: Mode, depth: number): Word => ({
  kind: "word",
  span: { start, end },
  text: context.text.slice(start, end),
  parts: cut(context, start, end, mode, depth),
});

/**
 * The parts that are being gathered, of words within words one behind the other. A list that is filled by pushing keeps
 * room for more, which for most words is three times what they need.
 */
const gathered: WordPart[] = [];
let count = 0;
/** Where the last cut ended: at its end, or at the double quote that closes what was cut. */
let stopped = 0;

const cut = (context: PartsContext, start: number, end: number, mode: Mode, depth: number): readonly WordPart[] => {
  const { text } = context;
  // The scan has refused such a text already; what is left of it is only kept.
  stopped = end;
  if (depth > MAX_DEPTH) return end > start ? [{ kind: "literal", span: { start, end }, value: text.slice(start, end) }] : [];
  const first = count;
  const special = mode === "plain" ? SPECIAL_PLAIN : mode === "heredoc" ? SPECIAL_HEREDOC : SPECIAL_DOUBLE;
  /** The literal that is being read: what is known of its value, and from where the text goes on. */
  let value = "";
  let run = start;
  let from = start;
  let i = start;
  while (i < end) {
    const code = text.charCodeAt(i);
    if (code > 127 ? code !== signStart : special[code] === 0) {
      i++;
      continue;
    }
    if (code === 92) {
      const next = text[i + 1] ?? "";
      value += text.slice(run, i);
      const on = continued(text, i);
      if (on > i) i = on;
      else {
        const plain = mode === "plain" || ESCAPABLE[mode].includes(next);
        value += plain ? next : `\\${next}`;
        i += 2;
      }
      i = Math.min(i, end);
      run = i;
      continue;
    }
    if (code === 34 && mode === "double") break;
    // A dollar sign, a backquote, and outside double quotes a quote.
    const expands = code === 36 || code === 96 || code === 39 || code === 34 || code === signStart;
    const part = expands ? expansion(context, i, end, mode, depth) : unquotedPart(context, i, end, depth);
    if (part === undefined) {
      i++;
      continue;
    }
    const to = part.span.start;
    if (to > from) {
      value += text.slice(run, to);
      if (value !== "" || mode === "plain") gathered[count++] = { kind: "literal", span: { start: from, end: to }, value };
    }
    value = "";
    gathered[count++] = part;
    i = from = run = part.span.end;
  }
  if (i > from) {
    value += text.slice(run, i);
    if (value !== "" || mode === "plain") gathered[count++] = { kind: "literal", span: { start: from, end: i }, value };
  }
  const parts = gathered.slice(first, count);
  count = first;
  // What was long is not kept alive.
  if (count === 0 && gathered.length > 64) gathered.length = 0;
  stopped = i;
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
/** What a backslash takes its meaning from, where it does not do so from every character. */
const ESCAPABLE = { double: '$`"\\', inner: '$`"\\}', heredoc: "$`\\" };
const SPECIAL_DOUBLE = tableOf('\\$`"');
const SPECIAL_HEREDOC = tableOf("\\$`");

/** The end of something that the scan found; an unclosed one ends with the word. */
const bounded = (end: number, limit: number): number => (end < 0 || end > limit ? limit : end);
/** Where its inside ends, before a closing character. */
const closed = (end: number, limit: number): number => (end < 0 || end > limit ? limit : end - 1);

/** A quote, parameter or substitution at `i`; undefined when the character stands for itself. */
const expansion = (context: PartsContext, i: number, limit: number, mode: Mode, depth: number): WordPart | undefined => {
  const { text } = context;
  switch (text.charCodeAt(i)) {
    case 39:
      return singleQuoted(text, i, limit);
    case 34:
      return doubleQuoted(context, i, i, limit, depth);
    case 96:
      return backquoted(context, i, limit, mode);
    case signStart:
      return valueOfTemplate(text, i, limit);
  }
  switch (text.charCodeAt(i + 1)) {
    case 39:
      return mode === "plain" ? ansi(text, i, limit) : undefined;
    case 34:
      return mode === "plain" ? doubleQuoted(context, i, i + 1, limit, depth) : undefined;
    case 123:
      return braced(context, i, limit, mode, depth);
    case 40:
    case 91:
      return substituted(context, i, limit, mode, depth);
  }
  const end = parameterEnd(text, i + 1);
  return end === i + 1 || end > limit ? undefined : { kind: "parameter", span: { start: i, end }, name: joined(text.slice(i + 1, end)) };
};

const singleQuoted = (text: string, start: number, limit: number): WordPart => {
  const close = text.indexOf("'", start + 1);
  const found = close < 0 ? -1 : close + 1;
  const span = { start, end: bounded(found, limit) };
  const value = text.slice(start + 1, closed(found, limit));
  return value.includes("\u{fdd0}")
    ? { kind: "double-quoted", span, parts: quotedParts(text, { start: start + 1, end: closed(found, limit) }) }
    : { kind: "single-quoted", span, value };
};

/** `"…"`, or `$"…"` from its dollar at `start`. */
const doubleQuoted = (context: PartsContext, start: number, quote: number, limit: number, depth: number): WordPart => {
  const parts = cut(context, quote + 1, limit, "double", depth + 1);
  return { kind: "double-quoted", span: { start, end: Math.min(stopped + 1, limit) }, parts };
};

const backquoted = (context: PartsContext, i: number, limit: number, mode: Mode): WordPart | undefined => {
  const { text } = context;
  const end = scanBackquote(text, i);
  if (end < 0 && mode === "heredoc") return undefined;
  const inside = { start: i + 1, end: closed(end, limit) };
  // Backslashes in backquotes go through one more unquoting, after which offsets would no longer fit.
  const escaped = /\\[$`\\]/u.test(text.slice(inside.start, inside.end));
  const body = escaped ? [] : context.substitution(inside, true);
  return { kind: "command-substitution", span: { start: i, end: bounded(end, limit) }, backquoted: true, body };
};

/** `$( … )`, `$(( … ))` or `$[ … ]` */
const substituted = (context: PartsContext, i: number, limit: number, mode: Mode, depth: number): WordPart | undefined => {
  const { text } = context;
  const end = scanDollar(context.scan, i, depth);
  if (end < 0 && mode === "heredoc") return undefined;
  const span = { start: i, end: bounded(end, limit) };
  if (text[i + 1] === "[") return counted(context, span, i + 2, closed(end, limit), depth);
  if (isArithmetic(text, i, end)) return counted(context, span, i + 3, end - 2, depth);
  const inside = { start: i + 2, end: closed(end, limit) };
  return { kind: "command-substitution", span, backquoted: false, body: context.substitution(inside, mode === "heredoc") };
};

/** What is wrong inside shows when the shell counts: nothing is said of it, as in a heredoc. */
const counted = (context: PartsContext, span: Span, from: number, to: number, depth: number): WordPart => ({
  kind: "arithmetic",
  span,
  expression: context.text.slice(from, to),
  parts: cut(context, from, to, "heredoc", depth + 1),
});

/** Where the name of a parameter ends: a word, one digit, or one of `@*#?$!-`; `at` itself when there is none. */
const parameterEnd = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  if (code > 47 && code < 58) return at + 1;
  if (!isNamed(code)) return "@*#?$!-".includes(text[at] ?? " ") ? at + 1 : at;
  let end = at + 1;
  for (;;) {
    while (isNamed(text.charCodeAt(end))) end++;
    const on = continued(text, end);
    if (on === end || !isNamed(text.charCodeAt(on))) return end;
    end = on;
  }
};

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

/** As `parameterEnd`, but a number may have more than one digit. */
const bracedNameEnd = (text: string, at: number): number => {
  if (!isDigit(text.charCodeAt(at))) return parameterEnd(text, at);
  let end = at + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
};

/** Whether a pattern follows: in it quotes quote as they do outside of double quotes. */
export const isPatternOperator = (operator: string | undefined): boolean => operator !== undefined && /^[#%/]/u.test(operator);

/** `${ … }` */
const braced = (context: PartsContext, start: number, limit: number, mode: Mode, depth: number): Parameter | undefined => {
  const { text } = context;
  const found = scanDollar(context.scan, start, depth);
  if (found < 0 && mode === "heredoc") return undefined;
  const span = { start, end: bounded(found, limit) };
  const inside = closed(found, limit);
  let i = start + 2;
  let prefix: "#" | "!" | undefined;
  const first = text[i];
  if ((first === "#" || first === "!") && i + 1 < inside && parameterEnd(text, i + 1) > i + 1) {
    prefix = first;
    i++;
  }
  const nameEnd = bracedNameEnd(text, i);
  if (nameEnd === i || nameEnd > inside) return { kind: "parameter", span, name: "" };
  const node: Draft<Parameter> = { kind: "parameter", span, name: joined(text.slice(i, nameEnd)) };
  i = continued(text, nameEnd);
  if (prefix !== undefined) node.prefix = prefix;
  if (text[i] === "[") {
    const close = scanBracket(context.scan, i, depth);
    if (close > 0 && close <= inside) {
      node.index = text.slice(i + 1, close - 1);
      node.indexParts = cut(context, i + 1, close - 1, "heredoc", depth + 1);
      i = close;
    }
  }
  if (i >= inside) return node;
  OPERATOR.lastIndex = i;
  const operator = OPERATOR.exec(text)?.[0];
  if (operator === undefined) return node;
  i += operator.length;
  node.operator = operator;
  const within = mode === "plain" || isPatternOperator(operator) ? "plain" : "inner";
  node.argument = wordOf(context, i, Math.max(i, inside), within, depth + 1);
  return node;
};

const BRACES = /\{(?:[^\s{},'"$`\\<>()|&;]*,[^\s{}'"$`\\<>()|&;]*|[A-Za-z0-9-]+\.\.[A-Za-z0-9-]+(?:\.\.[0-9-]+)?)\}/uy;

/** A process substitution, glob, brace expansion or array at `i` of an unquoted word. */
const unquotedPart = (context: PartsContext, i: number, limit: number, depth: number): WordPart | undefined => {
  const { text } = context;
  const char = text[i]!;
  const next = text[i + 1];
  if ((char === "<" || char === ">") && next === "(") {
    const found = scanDollar(context.scan, i, depth);
    // `scanDollar` looks at the character behind the first: `<(` and `$(` end alike.
    const end = found < 0 || found > limit ? limit : found;
    const body = context.substitution({ start: i + 2, end: found < 0 || found > limit ? limit : end - 1 }, false);
    return { kind: "process-substitution", span: { start: i, end }, direction: char, body };
  }
  if ("@+!?*".includes(char) && next === "(") {
    const end = scanWord(context.scan, i, depth, true);
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
