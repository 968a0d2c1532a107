/**
 * The lexer of shell text. A word, however long, is one token, as are `[[ … ]]`, `(( … ))`, and a heredoc operator with
 * its delimiter; the line end behind a heredoc swallows the bodies. What a word begins (a command, a keyword's part, an
 * assignment) follows from the tokens before it, so that the same characters can be told apart without feedback from the parser.
 */
import { createToken, type CustomPatternMatcherReturn, type IToken, Lexer, type TokenType } from "chevrotain";
import type { Span } from "../text.ts";
import {
  type Delimiter,
  isLineEnd,
  newScan,
  type Scan,
  scanArithmetic,
  scanBracket,
  scanCommands,
  scanDelimiter,
  scanHeredoc,
  scanWord,
} from "./scan.ts";
import { scanTest } from "./scan-test.ts";

/** What may follow a word: decides whether `[[`, `((`, `a=(` mean something there. */
type After = "start" | "assign" | "declare" | "arguments" | "loop" | "name" | "subject";

export interface WordPayload {
  readonly after: After;
  /** Length of the `NAME=` that the word begins with, where one may stand; 0 without one. */
  readonly prefix: number;
  /** Offset of the opener that nothing closes. For all but a bracket the word reaches the end of the text. */
  readonly unclosed?: number;
}

export interface HeredocPayload {
  readonly after: After;
  readonly delimiter: Delimiter;
  readonly tabs: boolean;
}

export interface NewlinePayload {
  /** Bodies of the heredocs that were open on the line, in order, and what else they are. */
  readonly heredocs: readonly { readonly operator: number; readonly body: Span }[];
}

type Matched<P> = CustomPatternMatcherReturn & { payload?: P };
type Matcher = (text: string, offset: number, tokens: IToken[]) => CustomPatternMatcherReturn | null;

/** The scan of the text that is being lexed; the lexer is as little reentrant as a parser instance. */
let scan: Scan = newScan("", false);

const matched = <P>(text: string, from: number, to: number, payload: P): Matched<P> => {
  const result = [text.slice(from, to)] as unknown as Matched<P>;
  result.payload = payload;
  return result;
};

const custom = (name: string, pattern: Matcher, hints: readonly (string | number)[], categories: TokenType[] = []): TokenType =>
  createToken({ name, pattern, start_chars_hint: [...hints], line_breaks: true, categories });

export const Word = createToken({ name: "Word", pattern: Lexer.NA });

const LEADING = new Set(["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "coproc"]);
const DECLARING = new Set(["declare", "typeset", "local", "export", "readonly", "alias", "eval", "let"]);

/** `NAME=`, `NAME+=` or `NAME[` at the start of a word; the bracket is read on by hand. */
const ASSIGNMENT = /[A-Za-z_][A-Za-z0-9_]*(?:\+?=|\[)/uy;

/** Length of the `NAME=`, `NAME[index]+=` that a text has at `at`; 0 when it has none, negative when nothing closes the bracket. */
export const assignmentPrefix = (text: string, at: number, by: Scan): number => {
  ASSIGNMENT.lastIndex = at;
  const hit = ASSIGNMENT.exec(text);
  if (hit === null) return 0;
  const length = hit[0].length;
  if (!hit[0].endsWith("[")) return length;
  if (by.budget < 0) return 0;
  const end = scanBracket(by, at + length - 1, 0);
  if (end < 0) {
    by.budget -= text.length - at;
    return -length;
  }
  if (text.charCodeAt(end) === 61) return end + 1 - at;
  if (text.startsWith("+=", end)) return end + 2 - at;
  by.budget -= end - at;
  return 0;
};

const isRedirection = (token: IToken): boolean => token.tokenType === RedirectOperator;

/** What the token at `index` lets follow. */
const afterToken = (tokens: readonly IToken[], index: number): After => {
  const token = tokens[index];
  if (token === undefined) return "start";
  if (token.tokenType === Plain || token.tokenType === HeredocOperator) return (token.payload as WordPayload).after;
  if (token.tokenType === Descriptor) return afterToken(tokens, index - 1);
  return "start";
};

const afterWord = (before: After, image: string, assigns: boolean): After => {
  switch (before) {
    case "start":
      if (LEADING.has(image)) return "start";
      if (image === "for" || image === "select") return "loop";
      if (image === "case") return "subject";
      if (image === "function") return "name";
      if (assigns) return "assign";
      return DECLARING.has(image) ? "declare" : "arguments";
    case "assign":
      if (assigns) return "assign";
      return DECLARING.has(image) ? "declare" : "arguments";
    case "declare":
      return "declare";
    case "loop":
    case "name":
    case "subject":
      return "start";
    case "arguments":
      return "arguments";
  }
};

/** What most words carry: made once. */
const ORDINARY: Readonly<Record<After, WordPayload>> = {
  start: { after: "start", prefix: 0 },
  assign: { after: "assign", prefix: 0 },
  declare: { after: "declare", prefix: 0 },
  arguments: { after: "arguments", prefix: 0 },
  loop: { after: "loop", prefix: 0 },
  name: { after: "name", prefix: 0 },
  subject: { after: "subject", prefix: 0 },
};

const matchWord: Matcher = (text, offset, tokens) => {
  const last = tokens[tokens.length - 1];
  const target = last !== undefined && isRedirection(last);
  const before = afterToken(tokens, target ? tokens.length - 2 : tokens.length - 1);
  let at = offset;
  let assigns = 0;
  let bracket: number | undefined;
  if (!target && (before === "start" || before === "assign" || before === "declare")) {
    const prefix = assignmentPrefix(text, offset, scan);
    if (prefix < 0) bracket = offset - prefix - 1;
    if (prefix > 0) {
      assigns = prefix;
      at += prefix;
      if (text.charCodeAt(at) === 40) {
        const close = scanCommands(scan, at, at + 1, 1, false);
        if (close < 0) return matched(text, offset, text.length, { after: before, prefix: assigns, unclosed: ~close });
        at = close;
      }
    }
  }
  const end = scanWord(scan, at, 0);
  if (end < 0) return matched(text, offset, text.length, { after: before, prefix: assigns, unclosed: ~end });
  if (end === offset) return null;
  const after = target ? before : afterWord(before, end - offset <= 8 ? text.slice(offset, end) : "", assigns > 0);
  return matched(
    text,
    offset,
    end,
    bracket !== undefined ? { after, prefix: assigns, unclosed: bracket } : assigns > 0 ? { after, prefix: assigns } : ORDINARY[after],
  );
};

/** `[[ … ]]` where a command may begin. Ends at the first thing that cannot stand in it, for the parser to complain. */
const matchTest: Matcher = (text, offset, tokens) => {
  if (text.charCodeAt(offset + 1) !== 91 || !/^[ \t\r\n]$/u.test(text[offset + 2] ?? "") || scan.budget < 0) return null;
  if (afterToken(tokens, tokens.length - 1) !== "start" || (tokens.length > 0 && isRedirection(tokens[tokens.length - 1]!))) return null;
  const end = scanTest(scan, offset);
  return end === 0 ? null : matched(text, offset, end, undefined);
};

const matchArithmetic: Matcher = (text, offset, tokens) => {
  if (text.charCodeAt(offset + 1) !== 40) return null;
  const before = afterToken(tokens, tokens.length - 1);
  if (before !== "start" && before !== "loop") return null;
  const end = scanArithmetic(scan, offset, offset + 2);
  return end <= 0 ? null : matched(text, offset, end, undefined);
};

const matchHeredoc: Matcher = (text, offset, tokens) => {
  if (text.charCodeAt(offset + 1) !== 60 || text.charCodeAt(offset + 2) === 60) return null;
  const tabs = text.charCodeAt(offset + 2) === 45;
  const delimiter = scanDelimiter(scan, offset + (tabs ? 3 : 2));
  if (delimiter === undefined) return null;
  return matched(text, offset, delimiter.end, { after: afterToken(tokens, tokens.length - 1), delimiter, tabs });
};

const matchNewline: Matcher = (text, offset, tokens) => {
  if (!isLineEnd(text, offset)) return null;
  let next = offset + (text.charCodeAt(offset) === 13 ? 2 : 1);
  let first = tokens.length;
  while (first > 0 && tokens[first - 1]!.tokenType !== Newline) first--;
  const heredocs: { operator: number; body: Span }[] = [];
  for (let i = first; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.tokenType !== HeredocOperator) continue;
    const { delimiter, tabs } = token.payload as HeredocPayload;
    const body = scanHeredoc(text, next, delimiter.text, tabs);
    heredocs.push({ operator: token.startOffset, body: { start: next, end: body.end } });
    next = body.next;
  }
  return matched(text, offset, next, heredocs.length > 0 ? { heredocs } : undefined);
};

const DESCRIPTOR = /(?:[0-9]{1,9}|\{[A-Za-z_][A-Za-z0-9_]*\})(?=[<>])/uy;
const matchDescriptor: Matcher = (text, offset) => {
  DESCRIPTOR.lastIndex = offset;
  const hit = DESCRIPTOR.exec(text);
  if (hit === null) return null;
  // `3<(x)` is a word with a process substitution.
  return text.charCodeAt(offset + hit[0].length + 1) === 40 ? null : (hit as unknown as CustomPatternMatcherReturn);
};

const REDIRECTION = /&>>|&>|<<<|<<-|<<|<&|<>|<|>>|>&|>\||>/uy;
const matchRedirection: Matcher = (text, offset) => {
  REDIRECTION.lastIndex = offset;
  const hit = REDIRECTION.exec(text);
  if (hit === null || (hit[0].length === 1 && text.charCodeAt(offset + 1) === 40)) return null;
  return hit as unknown as CustomPatternMatcherReturn;
};

/** Characters of the Basic Latin range a word may begin with, and one of each block Chevrotain sorts the others into. */
const WORD_STARTS: readonly number[] = [
  ...Array.from({ length: 256 }, (_, code) => code).filter((code) => !"\n\t #&();|".includes(String.fromCharCode(code))),
  ...Array.from({ length: 257 }, (_, block) => Math.min(256 + block * 255, 65535)),
];

const operator = (name: string, image: string): TokenType => createToken({ name, pattern: image });

export const Blank = createToken({
  name: "Blank",
  pattern: /(?:[ \t]|\\\r?\n|\\(?![\s\S]))+/u,
  group: Lexer.SKIPPED,
  line_breaks: true,
  start_chars_hint: [" ", "\t", "\\"],
});
export const CommentToken = createToken({ name: "Comment", pattern: /#[^\n]*/u, group: "comments", start_chars_hint: ["#"] });
export const Newline = custom("Newline", matchNewline, ["\n", "\r"]);
export const HeredocOperator: TokenType = custom("HeredocOperator", matchHeredoc, ["<"]);
export const Descriptor: TokenType = custom("Descriptor", matchDescriptor, Array.from("0123456789{"));
export const RedirectOperator: TokenType = custom("RedirectOperator", matchRedirection, ["<", ">", "&"]);
export const Test = custom("Test", matchTest, ["["]);
export const Arithmetic = custom("Arithmetic", matchArithmetic, ["("]);
export const AndIf = operator("AndIf", "&&");
export const OrIf = operator("OrIf", "||");
export const PipeBoth = operator("PipeBoth", "|&");
export const Pipe = operator("Pipe", "|");
export const CaseEnd = createToken({ name: "CaseEnd", pattern: /;;&|;;|;&/u, start_chars_hint: [";"] });
export const Semicolon = operator("Semicolon", ";");
export const Ampersand = operator("Ampersand", "&");
export const Open = operator("Open", "(");
export const Close = operator("Close", ")");
export const Plain: TokenType = custom("Plain", matchWord, WORD_STARTS, [Word]);

const keyword = (image: string, category: TokenType = Word): [string, TokenType] => [
  image,
  createToken({ name: image, pattern: Lexer.NA, categories: [category] }),
];
const KEYWORDS = new Map<string, TokenType>([
  ...[
    "if",
    "then",
    "elif",
    "else",
    "fi",
    "for",
    "while",
    "until",
    "do",
    "done",
    "case",
    "esac",
    "select",
    "function",
    "{",
    "}",
    "!",
    "time",
    "coproc",
    "[[",
    "]]",
  ].map((image) => keyword(image)),
  // A command may be called `in`: the word means something only behind `for x` and `case x`.
  keyword("in", Plain),
]);
const typeOf = (image: string): TokenType => KEYWORDS.get(image)!;
export const If = typeOf("if");
export const Then = typeOf("then");
export const Elif = typeOf("elif");
export const Else = typeOf("else");
export const Fi = typeOf("fi");
export const For = typeOf("for");
export const While = typeOf("while");
export const Until = typeOf("until");
export const Do = typeOf("do");
export const Done = typeOf("done");
export const Case = typeOf("case");
export const Esac = typeOf("esac");
export const Select = typeOf("select");
export const Function = typeOf("function");
export const OpenBrace = typeOf("{");
export const CloseBrace = typeOf("}");
export const Bang = typeOf("!");
export const Time = typeOf("time");
export const Coproc = typeOf("coproc");
export const In = typeOf("in");

/** Tokens with which a compound command begins: what may be a function's body. */
export const COMPOUND_STARTS: ReadonlySet<TokenType> = new Set([If, For, While, Until, Case, Select, OpenBrace, Open, Test, Arithmetic]);

/** Order matters: of the tokens that can begin with a character, the first that matches is taken. */
const LEXED: TokenType[] = [
  Blank,
  Newline,
  CommentToken,
  HeredocOperator,
  Descriptor,
  AndIf,
  RedirectOperator,
  OrIf,
  PipeBoth,
  Pipe,
  CaseEnd,
  Semicolon,
  Ampersand,
  Arithmetic,
  Open,
  Close,
  Test,
  Plain,
];

export const ALL_TOKENS: TokenType[] = [Word, ...LEXED, ...KEYWORDS.values()];

/** `validate` makes Chevrotain check the token definitions; a test asks for it, the product saves the time. */
export const createLexer = (validate: boolean): Lexer =>
  new Lexer(LEXED, { positionTracking: "onlyOffset", skipValidations: !validate, ensureOptimizations: true });

const lexer = createLexer(false);

export interface Tokens {
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  /** Something lay deeper than kalint follows. */
  readonly tooDeep: boolean;
}

/** The tokens of a text; every character of it is in a token, a comment or between two. */
export const tokenize = (text: string, extglob: boolean): Tokens => {
  scan = newScan(text, extglob);
  const { tokens, groups } = lexer.tokenize(text);
  for (const token of tokens) {
    if (token.tokenType !== Plain || token.image.length > 8) continue;
    const type = KEYWORDS.get(token.image);
    if (type === undefined) continue;
    token.tokenType = type;
    token.tokenTypeIdx = type.tokenTypeIdx!;
  }
  const tooDeep = scan.tooDeep;
  scan = newScan("", false);
  return { tokens, comments: groups["comments"] ?? [], tooDeep };
};
