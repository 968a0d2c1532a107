/**
 * The Chevrotain lexer of keepalived.conf. Keywords are not tokens: the vocabulary is data, and a token per keyword
 * makes lexing many times slower. Quoted and bare words are one token: telling them apart costs the parser a choice a word.
 *
 * Facts (keepalived v2.4.3 lib/parser.c, decomment and alloc_strvec_r): `#` and `!` start a comment anywhere outside
 * double quotes, also inside a word; `\#` and `\!` do not; a double quote ends an unquoted word; braces cut a line
 * wherever they stand outside quotes. Only a line feed ends a line; CR, VT and FF separate words.
 */
import { createToken, Lexer } from "chevrotain";

/** Space, tab, CR, VT, FF: the daemon's word separators. Anything else, a no-break space included, is part of a word. */
export const WhiteSpace = createToken({ name: "WhiteSpace", pattern: /[ \t\r\v\f]+/, group: Lexer.SKIPPED });
/** A line end with all blank and comment lines that follow: they mean nothing. */
export const NewLine = createToken({ name: "NewLine", pattern: /\n(?:[ \t\r\v\f\n]|[#!][^\n]*)*/, line_breaks: true });
export const Comment = createToken({ name: "Comment", pattern: /[#!][^\n]*/, group: Lexer.SKIPPED });
export const OpenBrace = createToken({ name: "OpenBrace", pattern: /\{/ });
export const CloseBrace = createToken({ name: "CloseBrace", pattern: /\}/ });
/**
 * A use of a name that nobody defined stays one word here. To the daemon its braces are those of a block, and everything
 * behind it derails; whoever wrote it meant a word that something fills in.
 */
export const Text = createToken({
  name: "Text",
  pattern: /"[^"\n]*"?|(?:\\[\\#!]|\$\{[A-Za-z_]\w*(?:[ \t]+\w+)*\}|[^ \t\r\v\f\n"{}#!])+/,
});

export const tokens = [WhiteSpace, NewLine, Text, OpenBrace, CloseBrace, Comment];

export const keepalivedLexer = new Lexer(tokens, { positionTracking: "onlyOffset", skipValidations: true, safeMode: true });
