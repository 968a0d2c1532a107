/** What the parser says of a token that cannot stand where it stands: a clause that names the token and what belongs there. */
import type { IToken, TokenType } from "chevrotain";
import * as t from "./tokens.ts";

const shown = (token: IToken): string =>
  token.tokenType === t.Newline ? "line end" : `\`${token.image.length > 30 ? `${token.image.slice(0, 30)}…` : token.image}\``;

export const isEnd = (token: IToken): boolean => token.tokenType.name === "EOF";

/** "`do` expected, `echo` found" */
export const wanted = (expected: string, token: IToken | undefined): string => {
  if (token === undefined || isEnd(token)) return `${expected} expected, but the script ends`;
  // The lexer makes a word of a `[[` that it finds no end for.
  return token.image === "[[" ? "nothing closes this `[[`: its condition is not complete" : `${expected} expected, ${shown(token)} found`;
};

const expectedName = (type: TokenType): string =>
  type === t.Word || type === t.Plain ? "a word" : type === t.Close ? "`)`" : type === t.Open ? "`(`" : `\`${type.name}\``;

/** What a token ends or goes on with, when nothing of the kind was begun. */
const ORPHANS: ReadonlyMap<TokenType, string> = new Map([
  [t.Then, "without an `if`"],
  [t.Elif, "without an `if`"],
  [t.Else, "without an `if`"],
  [t.Fi, "without an `if`"],
  [t.Do, "without a `for`, `while` or `until`"],
  [t.Done, "without a `do`"],
  [t.Esac, "without a `case`"],
  [t.CloseBrace, "without a `{`"],
  [t.Close, "without a `(`"],
  [t.CaseEnd, "outside of a `case`"],
  [t.AndIf, "without a command before it"],
  [t.OrIf, "without a command before it"],
  [t.Pipe, "without a command before it"],
  [t.PipeBoth, "without a command before it"],
  [t.Semicolon, "without a command before it"],
  [t.Ampersand, "without a command before it"],
]);

/** A token behind everything that could be read. */
const behind = (token: IToken): string => {
  const orphan = ORPHANS.get(token.tokenType);
  return orphan === undefined ? wanted("`;` or a line end", token) : `${shown(token)} ${orphan}`;
};

export const messages = {
  buildMismatchTokenMessage: ({ expected, actual }: { expected: TokenType; actual: IToken }): string =>
    wanted(expectedName(expected), actual),
  buildNotAllInputParsedMessage: ({ firstRedundant }: { firstRedundant: IToken }): string => behind(firstRedundant),
  buildNoViableAltMessage: ({ actual, customUserDescription: expected }: { actual: IToken[]; customUserDescription?: string }): string =>
    wanted(expected ?? "a command", actual[0]),
  // Of what comes once or more often there are the patterns of a `case` alone.
  buildEarlyExitMessage: ({ actual }: { actual: IToken[] }): string => wanted("a pattern of the `case`", actual[0]),
};
