/**
 * The lexer of shell text, by hand: one pass that looks at each character's code. What a word begins (a command, a keyword's
 * part, an assignment) follows from the tokens before it, so that the same characters can be told apart without feedback
 * from the parser. Chevrotain's lexer asks a list of patterns at each token instead, which takes four times as long.
 */
import type { IToken, TokenType } from "chevrotain";
import { signStart } from "../template/render.ts";
import type { Span } from "../text.ts";
import { continued, isDigit, isLineEnd, isNamed, joined, withoutContinued } from "./characters.ts";
import { newScan, type Scan, scanArithmetic, scanBracket, scanCommands, scanDelimiter, scanHeredoc, scanWord } from "./scan.ts";
import { scanTest } from "./scan-test.ts";
import * as t from "./tokens.ts";

/** What may follow a word: decides whether `[[`, `((`, `a=(` mean something there. */
type After = "start" | "assign" | "declare" | "arguments" | "loop" | "name" | "subject";

/** A text that is being cut into tokens. */
interface Lexing {
  readonly text: string;
  readonly scan: Scan;
  readonly tokens: IToken[];
  readonly comments: Span[];
  /** What may follow the last token. */
  after: After;
  /** Behind an operator of redirection, what may follow its target; undefined elsewhere. */
  behindTarget: After | undefined;
  /** The heredocs whose bodies follow the line. */
  heredocs: { readonly operator: number; readonly payload: t.HeredocPayload }[];
}

export interface Tokens {
  readonly tokens: IToken[];
  readonly comments: readonly Span[];
  /** Offset of something that lay deeper than kalint follows; undefined when nothing did. */
  readonly tooDeep: number | undefined;
}

/** The tokens of a text; every character of it is in a token, a comment or between two. */
export const tokenize = (text: string, extglob: boolean): Tokens => {
  const scan = newScan(text, extglob);
  const lexing: Lexing = { text, scan, tokens: [], comments: [], after: "start", behindTarget: undefined, heredocs: [] };
  let at = 0;
  while (at < text.length) at = next(lexing, at, text.charCodeAt(at));
  return { tokens: lexing.tokens, comments: lexing.comments, tooDeep: scan.tooDeep };
};

/** Reads what stands at `at` and returns where it ends. */
const next = (lexing: Lexing, at: number, code: number): number => {
  const { text } = lexing;
  switch (code) {
    case 32: // a blank
    case 9:
      return at + 1;
    case 10: // a line end
      return lineEnd(lexing, at, at + 1);
    case 13:
      return text.charCodeAt(at + 1) === 10 ? lineEnd(lexing, at, at + 2) : word(lexing, at);
    case 92: // \
      if (at + 1 === text.length) return at + 1;
      if (isLineEnd(text, at + 1)) return continued(text, at);
      return word(lexing, at);
    case 35: // #
      return comment(lexing, at);
    case 59: // ;
      return (maySplit(text, at) && split(lexing, at)) || semicolon(lexing, at);
    case 38: // &
      return (maySplit(text, at) && split(lexing, at)) || ampersand(lexing, at);
    case 124: // |
      return (maySplit(text, at) && split(lexing, at)) || bar(lexing, at);
    case 40: // (
      return arithmetic(lexing, at) || operator(lexing, t.Open, "(", at);
    case 41: // )
      return operator(lexing, t.Close, ")", at);
    case 60: // <
      return (maySplit(text, at) && split(lexing, at)) || less(lexing, at) || word(lexing, at);
    case 62: // >
      return (maySplit(text, at) && split(lexing, at)) || greater(lexing, at) || word(lexing, at);
    case 91: // [
      return test(lexing, at) || word(lexing, at);
    case 123: // {
      return named(lexing, at) || word(lexing, at);
    default:
      return (code < 58 && code > 47 && numbered(lexing, at)) || word(lexing, at);
  }
};

/** The operators of more than one character, the longest first. */
const LONG: readonly (readonly [string, TokenType])[] = [
  ["&>>", t.RedirectOperator],
  ["<<<", t.RedirectOperator],
  [";;&", t.CaseEnd],
  ["<<-", t.HeredocOperator],
  ["<<", t.HeredocOperator],
  ["&&", t.AndIf],
  ["&>", t.RedirectOperator],
  ["||", t.OrIf],
  ["|&", t.PipeBoth],
  [";;", t.CaseEnd],
  [";&", t.CaseEnd],
  ["<&", t.RedirectOperator],
  ["<>", t.RedirectOperator],
  [">>", t.RedirectOperator],
  [">&", t.RedirectOperator],
  [">|", t.RedirectOperator],
];

/** Whether a backslash may stand in an operator: where none does, nothing else is asked. */
const maySplit = (text: string, at: number): boolean => text.charCodeAt(at + 1) === 92 || text.charCodeAt(at + 2) === 92;

/** An operator with a continued line between its characters; 0 for one that is written in one piece. */
const split = (lexing: Lexing, at: number): number => {
  const { text } = lexing;
  let characters = text[at]!;
  /** Where the operator ends that has so many characters. */
  const ends = [at, at + 1];
  for (let i = at + 1; characters.length < 3;) {
    while (continued(text, i) > i) i = continued(text, i);
    if (i >= text.length) break;
    characters += text[i];
    ends.push(++i);
  }
  const found = LONG.find(([image]) => characters.startsWith(image));
  if (found === undefined) return 0;
  const [image, type] = found;
  const end = ends[image.length]!;
  if (end === at + image.length) return 0;
  if (type === t.HeredocOperator) return heredoc(lexing, at, end, image === "<<-");
  const written = text.slice(at, end);
  return type === t.RedirectOperator ? redirection(lexing, written, at) : operator(lexing, type, written, at);
};

/** Puts a token behind the others. All have the same shape, whatever they carry. */
const push = (lexing: Lexing, tokenType: TokenType, image: string, startOffset: number, payload: unknown): number => {
  lexing.tokens.push({ image, startOffset, tokenTypeIdx: tokenType.tokenTypeIdx!, tokenType, payload });
  return startOffset + image.length;
};

const operator = (lexing: Lexing, type: TokenType, image: string, at: number): number => {
  lexing.after = "start";
  lexing.behindTarget = undefined;
  return push(lexing, type, image, at, undefined);
};

const redirection = (lexing: Lexing, image: string, at: number): number => {
  lexing.behindTarget = lexing.after;
  lexing.after = "start";
  return push(lexing, t.RedirectOperator, image, at, undefined);
};

const comment = ({ text, comments }: Lexing, at: number): number => {
  const feed = text.indexOf("\n", at);
  const end = feed < 0 ? text.length : feed;
  comments.push({ start: at, end });
  return end;
};

const ampersand = (lexing: Lexing, at: number): number => {
  const { text } = lexing;
  const second = text.charCodeAt(at + 1);
  if (second === 38) return operator(lexing, t.AndIf, "&&", at);
  if (second === 62) return redirection(lexing, text.charCodeAt(at + 2) === 62 ? "&>>" : "&>", at);
  return operator(lexing, t.Ampersand, "&", at);
};

const bar = (lexing: Lexing, at: number): number => {
  const second = lexing.text.charCodeAt(at + 1);
  if (second === 124) return operator(lexing, t.OrIf, "||", at);
  if (second === 38) return operator(lexing, t.PipeBoth, "|&", at);
  return operator(lexing, t.Pipe, "|", at);
};

const semicolon = (lexing: Lexing, at: number): number => {
  const { text } = lexing;
  const second = text.charCodeAt(at + 1);
  if (second === 38) return operator(lexing, t.CaseEnd, ";&", at);
  if (second !== 59) return operator(lexing, t.Semicolon, ";", at);
  return operator(lexing, t.CaseEnd, text.charCodeAt(at + 2) === 38 ? ";;&" : ";;", at);
};

/** A line end with the bodies of the heredocs of its line. */
const lineEnd = (lexing: Lexing, at: number, from: number): number => {
  const { text, heredocs } = lexing;
  if (heredocs.length === 0) return operator(lexing, t.Newline, text.slice(at, from), at);
  let to = from;
  const bodies = heredocs.map(({ operator: start, payload: { delimiter, tabs } }) => {
    const body = scanHeredoc(text, to, delimiter.text, tabs);
    const span = { start: to, end: body.end };
    to = body.next;
    return { operator: start, body: span };
  });
  lexing.heredocs = [];
  lexing.after = "start";
  lexing.behindTarget = undefined;
  return push(lexing, t.Newline, text.slice(at, to), at, { heredocs: bodies } satisfies t.NewlinePayload);
};

/** An operator that begins with `<`; 0 for a process substitution, which is a word. */
const less = (lexing: Lexing, at: number): number => {
  const { text } = lexing;
  switch (text.charCodeAt(at + 1)) {
    case 60:
      if (text.charCodeAt(at + 2) === 60) return redirection(lexing, "<<<", at);
      return text.charCodeAt(at + 2) === 45 ? heredoc(lexing, at, at + 3, true) : heredoc(lexing, at, at + 2, false);
    case 38:
      return redirection(lexing, "<&", at);
    case 62:
      return redirection(lexing, "<>", at);
    case 40:
      return 0;
    default:
      return redirection(lexing, "<", at);
  }
};

const greater = (lexing: Lexing, at: number): number => {
  switch (lexing.text.charCodeAt(at + 1)) {
    case 62:
      return redirection(lexing, ">>", at);
    case 38:
      return redirection(lexing, ">&", at);
    case 124:
      return redirection(lexing, ">|", at);
    case 40:
      return 0;
    default:
      return redirection(lexing, ">", at);
  }
};

/** `<<` with its delimiter; without one an operator that lacks its word. */
const heredoc = (lexing: Lexing, at: number, behind: number, tabs: boolean): number => {
  const delimiter = scanDelimiter(lexing.scan, behind);
  if (delimiter === undefined) return redirection(lexing, lexing.text.slice(at, behind), at);
  const payload: t.HeredocPayload = { delimiter, tabs };
  lexing.heredocs.push({ operator: at, payload });
  lexing.behindTarget = undefined;
  return push(lexing, t.HeredocOperator, lexing.text.slice(at, delimiter.end), at, payload);
};

/** `2>`, `{fd}<`: what stands before the operator. `3<(x)` is a word with a process substitution. */
const descriptor = (lexing: Lexing, at: number, end: number): number => {
  let on = end;
  while (continued(lexing.text, on) > on) on = continued(lexing.text, on);
  const code = lexing.text.charCodeAt(on);
  if ((code !== 60 && code !== 62) || lexing.text.charCodeAt(on + 1) === 40) return 0;
  lexing.behindTarget = undefined;
  return push(lexing, t.Descriptor, lexing.text.slice(at, end), at, undefined);
};

const numbered = (lexing: Lexing, at: number): number => {
  let end = at + 1;
  while (end < at + 9 && isDigit(lexing.text.charCodeAt(end))) end++;
  return descriptor(lexing, at, end);
};

const named = (lexing: Lexing, at: number): number => {
  const end = nameEnd(lexing.text, at + 1);
  return end > at + 1 && lexing.text.charCodeAt(end) === 125 ? descriptor(lexing, at, end + 1) : 0;
};

/** `[[ … ]]` where a command may begin; 0 when something stands in it that cannot, for the parser to complain. */
const test = (lexing: Lexing, at: number): number => {
  const { text, scan } = lexing;
  if (text.charCodeAt(at + 1) !== 91 || !/^[ \t\r\n]$/u.test(text[at + 2] ?? "") || scan.budget < 0) return 0;
  if (lexing.after !== "start" || lexing.behindTarget !== undefined) return 0;
  const end = scanTest(scan, at);
  return end === 0 ? 0 : operator(lexing, t.Test, text.slice(at, end), at);
};

const arithmetic = (lexing: Lexing, at: number): number => {
  const { text, scan, after } = lexing;
  if (text.charCodeAt(at + 1) !== 40 || (after !== "start" && after !== "loop")) return 0;
  const end = scanArithmetic(scan, at, at + 2);
  return end <= 0 ? 0 : operator(lexing, t.Arithmetic, text.slice(at, end), at);
};

/** Where the name at `at` ends; `at` itself when none begins there. */
const nameEnd = (text: string, at: number): number => {
  if (isDigit(text.charCodeAt(at))) return at;
  let end = at;
  while (isNamed(text.charCodeAt(end))) end++;
  return end;
};

/** Length of the `NAME=`, `NAME+=`, `NAME[index]+=` that a text has at `at`; 0 when it has none, negative when nothing closes the bracket. */
const assignmentPrefix = (text: string, at: number, by: Scan): number => {
  const name = nameEnd(text, at);
  if (name === at) return 0;
  const code = text.charCodeAt(name);
  if (code === 61) return name + 1 - at;
  if (code === 43) return text.charCodeAt(name + 1) === 61 ? name + 2 - at : 0;
  if (code !== 91 || by.budget < 0) return 0;
  const end = scanBracket(by, name, 0);
  if (end < 0) {
    by.budget -= text.length - at;
    return at - name - 1;
  }
  if (text.charCodeAt(end) === 61) return end + 1 - at;
  if (text.startsWith("+=", end)) return end + 2 - at;
  by.budget -= end - at;
  return 0;
};

const tableOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
};
/** A one for each character of the Basic Latin block that ends a word or may mean more than itself in one. */
const SPECIAL = tableOf(" \t\n\r;&|<>()\\'\"$`*?[{");
/** Of these, what ends a word wherever it stands. */
const ENDS = tableOf(" \t\n;&|)");

/** A word that means something where a command begins, or is a token of its own. */
interface Known {
  readonly type: TokenType;
  /** What follows it where a command begins, and behind assignments. */
  readonly first: After;
  readonly assigned: After;
}

const KNOWN = new Map<string, Known>();
const know = (images: Iterable<string>, first: After, assigned: After = "arguments"): void => {
  for (const image of images) KNOWN.set(image, { type: t.KEYWORDS.get(image) ?? t.Plain, first, assigned });
};
know(t.KEYWORDS.keys(), "arguments");
know(["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "coproc"], "start");
know(["for", "select"], "loop");
know(["case"], "subject");
know(["function"], "name");
know(["declare", "typeset", "local", "export", "readonly", "alias", "eval", "let"], "declare", "declare");

/** For each first character the lengths, as bits, of the known words: few others are looked up. */
const LENGTHS = new Uint16Array(128);
for (const image of KNOWN.keys()) LENGTHS[image.charCodeAt(0)]! |= 1 << image.length;
const LONGEST = 8;

const afterWord = (before: After, known: Known | undefined, assigns: boolean): After => {
  switch (before) {
    case "start":
      return assigns ? "assign" : known === undefined ? "arguments" : known.first;
    case "assign":
      return assigns ? "assign" : known === undefined ? "arguments" : known.assigned;
    case "loop":
    case "name":
    case "subject":
      return "start";
    case "declare":
    case "arguments":
      return before;
  }
};

/** What most words carry is made once. */
const LITERAL: t.WordPayload = { prefix: 0, literal: true };
const MIXED: t.WordPayload = { prefix: 0, literal: false };

/** Where the characters end that mean only themselves. */
const literalEnd = (text: string, from: number): number => {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 ? SPECIAL[code] === 1 : code === signStart) break;
  }
  return at;
};

const word = (lexing: Lexing, start: number): number => {
  const { text, scan, behindTarget } = lexing;
  const before = behindTarget ?? lexing.after;
  const assigning = behindTarget === undefined && (before === "start" || before === "assign" || before === "declare");
  const found = assigning ? assignmentPrefix(text, start, scan) : 0;
  const prefix = found > 0 ? found : 0;
  const from = start + prefix;
  const plain = literalEnd(text, from);
  let end = plain;
  if (plain < text.length && ENDS[text.charCodeAt(plain)] !== 1) {
    // The character before a parenthesis may begin an extended glob.
    let behind = scan.extglob ? from : plain;
    if (prefix > 0 && text.charCodeAt(from) === 40) behind = scanCommands(scan, from, from + 1, 1, false);
    end = behind < 0 ? behind : withoutContinued(text, scanWord(scan, behind, 0));
  }
  lexing.behindTarget = undefined;
  if (end < 0) {
    lexing.after = before;
    return push(lexing, t.Plain, text.slice(start), start, { prefix, literal: false, unclosed: ~end } satisfies t.WordPayload);
  }
  const image = text.slice(start, end);
  // A keyword may go on behind a continued line.
  const bare = end === plain ? image : joined(image);
  const likely = bare.length <= LONGEST && (LENGTHS[bare.charCodeAt(0)]! >> bare.length) % 2 === 1;
  const known = likely ? KNOWN.get(bare) : undefined;
  let payload = end === plain ? LITERAL : MIXED;
  if (found > 0) payload = { prefix, literal: end === plain };
  else if (found < 0) payload = { prefix: 0, literal: false, unclosed: start - found - 1 };
  lexing.after = behindTarget ?? afterWord(before, known, prefix > 0);
  return push(lexing, known === undefined ? t.Plain : known.type, image, start, payload);
};
