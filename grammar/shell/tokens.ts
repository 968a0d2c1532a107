/**
 * The tokens of shell text. A word, however long, is one token, as are `[[ … ]]`, `(( … ))`, and a heredoc operator with its
 * delimiter; the line end behind a heredoc swallows the bodies. lex.ts makes them; Chevrotain knows only their types.
 */
import { createToken, type IToken, Lexer, type TokenType } from "chevrotain";
import type { Span } from "../text.ts";
import type { Delimiter } from "./scan.ts";

export interface WordPayload {
  /** Length of the `NAME=` that the word begins with, where one may stand; 0 without one. */
  readonly prefix: number;
  /** Nothing behind the prefix means anything but itself. */
  readonly literal: boolean;
  /** Offset of the opener that nothing closes. For all but a bracket the word reaches the end of the text. */
  readonly unclosed?: number;
}

export interface HeredocPayload {
  readonly delimiter: Delimiter;
  readonly tabs: boolean;
}

export interface NewlinePayload {
  /** Bodies of the heredocs that were open on the line, in order. */
  readonly heredocs: readonly { readonly operator: number; readonly body: Span }[];
}

const kind = (name: string, categories: TokenType[] = []): TokenType => createToken({ name, pattern: Lexer.NA, categories });

/** Any word, keywords included: most keywords are words like others where no command begins. */
export const Word = kind("Word");
export const Newline = kind("Newline");
export const HeredocOperator = kind("HeredocOperator");
export const Descriptor = kind("Descriptor");
export const RedirectOperator = kind("RedirectOperator");
export const Test = kind("Test");
export const Arithmetic = kind("Arithmetic");
export const AndIf = kind("AndIf");
export const OrIf = kind("OrIf");
export const PipeBoth = kind("PipeBoth");
export const Pipe = kind("Pipe");
export const CaseEnd = kind("CaseEnd");
export const Semicolon = kind("Semicolon");
export const Ampersand = kind("Ampersand");
export const Open = kind("Open");
export const Close = kind("Close");
/** A word that is no keyword. */
export const Plain = kind("Plain", [Word]);

export const If = kind("if", [Word]);
export const Then = kind("then", [Word]);
export const Elif = kind("elif", [Word]);
export const Else = kind("else", [Word]);
export const Fi = kind("fi", [Word]);
export const For = kind("for", [Word]);
export const While = kind("while", [Word]);
export const Until = kind("until", [Word]);
export const Do = kind("do", [Word]);
export const Done = kind("done", [Word]);
export const Case = kind("case", [Word]);
export const Esac = kind("esac", [Word]);
export const Select = kind("select", [Word]);
export const Function = kind("function", [Word]);
export const OpenBrace = kind("{", [Word]);
export const CloseBrace = kind("}", [Word]);
export const Bang = kind("!", [Word]);
export const Time = kind("time", [Word]);
export const Coproc = kind("coproc", [Word]);
const OpenTest = kind("[[", [Word]);
const CloseTest = kind("]]", [Word]);
/** A command may be called `in`: the word means something only behind `for x` and `case x`. */
export const In = kind("in", [Plain]);

/** Words that are tokens of their own, by how they are written. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map(
  [If, Then, Elif, Else, Fi, For, While, Until, Do, Done, Case, Esac, Select, Function, OpenBrace, CloseBrace]
    .concat([Bang, Time, Coproc, OpenTest, CloseTest, In])
    .map((type) => [type.name, type]),
);

/** Tokens with which a compound command begins: what may be a function's body. */
export const COMPOUND_STARTS: ReadonlySet<TokenType> = new Set([If, For, While, Until, Case, Select, OpenBrace, Open, Test, Arithmetic]);

export const ALL_TOKENS: TokenType[] = [
  ...KEYWORDS.values(),
  Word,
  Plain,
  Newline,
  HeredocOperator,
  Descriptor,
  RedirectOperator,
  Test,
  Arithmetic,
  AndIf,
  OrIf,
  PipeBoth,
  Pipe,
  CaseEnd,
  Semicolon,
  Ampersand,
  Open,
  Close,
];

/** A test for some types, which costs less than asking Chevrotain about a category. */
const among = (types: readonly TokenType[]): ((token: IToken) => boolean) => {
  const table = new Uint8Array(Math.max(...ALL_TOKENS.map((type) => type.tokenTypeIdx!)) + 1);
  for (const type of types) table[type.tokenTypeIdx!] = 1;
  return (token) => table[token.tokenTypeIdx] === 1;
};

export const isPlain = among([Plain, In]);
export const isWord = among([Plain, ...KEYWORDS.values()]);
export const startsRedirection = among([HeredocOperator, Descriptor, RedirectOperator]);
export const joinsCommands = among([Pipe, PipeBoth, AndIf, OrIf]);
export const startsCommand = among([
  ...COMPOUND_STARTS,
  Plain,
  In,
  HeredocOperator,
  Descriptor,
  RedirectOperator,
  Bang,
  Time,
  Function,
  Coproc,
]);
