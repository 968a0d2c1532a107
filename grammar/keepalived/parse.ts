/**
 * The Chevrotain parser of keepalived.conf: any text gives a tree and a list of problems.
 *
 * The grammar accepts every sequence of tokens, so Chevrotain's own error recovery is never needed; what is wrong
 * becomes a problem in an embedded action. Where the daemon derails (a lost brace makes it read the rest of the file
 * in the wrong block, grammar facts 5.5 to 5.8) this parser recovers: a keyword that is valid at the top level only
 * ends every open block.
 */
import { EmbeddedActionsParser, type IToken, type TokenType } from "chevrotain";
import type { Span } from "../text.ts";
import { isRootOnlyBlock } from "../vocabulary/index.ts";
import { Bare, CloseBrace, keepalivedLexer, NewLine, OpenBrace, Quoted, tokens } from "./tokens.ts";
import type { Block, Document, Item, ParseProblem, Statement, Word } from "./tree.ts";

/** Deeper nesting is read flat. The deepest valid place is virtual_server/real_server/HTTP_GET/url: four. */
const maxDepth = 48;

const endOf = (token: IToken): number => token.startOffset + token.image.length;
const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: endOf(token) });

class KeepalivedParser extends EmbeddedActionsParser {
  private problems: ParseProblem[] = [];
  private depth = 0;
  private textEnd = 0;

  constructor(skipValidations: boolean) {
    super(tokens, { maxLookahead: 1, skipValidations });
    this.performSelfAnalysis();
  }

  parse(input: IToken[], textEnd: number): Document {
    this.input = input;
    this.problems = [];
    this.depth = 0;
    this.textEnd = textEnd;
    const items = this.document() ?? [];
    return { kind: "document", items, problems: this.problems };
  }

  private readonly document = this.RULE("document", (): Item[] => {
    const items: Item[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(NewLine) },
        {
          ALT: () => {
            const brace = this.CONSUME(CloseBrace);
            this.ACTION(() => this.problems.push({ kind: "extra-close", span: spanOf(brace), detail: "}" }));
          },
        },
        {
          ALT: () => {
            const item = this.SUBRULE(this.item);
            this.ACTION(() => items.push(item));
          },
        },
      ]);
    });
    return items;
  });

  private readonly item = this.RULE("item", (): Item =>
    this.OR([
      {
        ALT: () => {
          const words: Word[] = [];
          this.AT_LEAST_ONE(() => {
            const word = this.SUBRULE(this.word);
            this.ACTION(() => words.push(word));
          });
          let block: Item | undefined;
          this.OPTION1({
            GATE: () => this.braceFollows(),
            DEF: () => {
              this.MANY(() => this.CONSUME(NewLine));
              block = this.SUBRULE1(this.block, { ARGS: [words] });
            },
          });
          this.OPTION2({
            GATE: () => block === undefined && this.opensWithoutBrace(words),
            DEF: () => (block = this.SUBRULE(this.bracelessBlock, { ARGS: [words] })),
          });
          return this.ACTION(() => block ?? this.statement(words));
        },
      },
      { ALT: () => this.SUBRULE2(this.block, { ARGS: [[]] }) },
    ]),
  );

  private readonly word = this.RULE("word", (): Word =>
    this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(Bare);
          return this.ACTION((): Word => ({ text: token.image, quoted: false, span: spanOf(token) }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(Quoted);
          return this.ACTION((): Word => {
            const closed = token.image.length > 1 && token.image.endsWith('"');
            if (!closed) this.problems.push({ kind: "unterminated-quote", span: spanOf(token), detail: token.image.trimEnd() });
            return { text: token.image.slice(1, closed ? -1 : undefined), quoted: true, span: spanOf(token) };
          });
        },
      },
    ]),
  );

  private readonly block = this.RULE("block", (words: readonly Word[]): Item => {
    const open = this.CONSUME(OpenBrace);
    const body: Item[] = [];
    let close: IToken | undefined;
    this.ACTION(() => {
      this.depth++;
      if (words.length === 0) this.problems.push({ kind: "unexpected-open", span: spanOf(open), detail: "{" });
      if (this.depth === maxDepth) this.problems.push({ kind: "too-deep", span: spanOf(open), detail: String(maxDepth) });
    });
    this.OR([
      { GATE: () => this.depth >= maxDepth, ALT: () => this.SUBRULE(this.flat) },
      { ALT: () => this.SUBRULE(this.body, { ARGS: [body] }) },
    ]);
    this.OPTION(() => (close = this.CONSUME(CloseBrace)));
    return this.ACTION((): Item => {
      this.depth--;
      return this.finishBlock(words, spanOf(open), body, close);
    });
  });

  /** A top-level block keyword whose `{` is missing: its content is read all the same, up to the `}`. */
  private readonly bracelessBlock = this.RULE("bracelessBlock", (words: readonly Word[]): Item => {
    const body: Item[] = [];
    let close: IToken | undefined;
    this.ACTION(() => {
      this.depth++;
      this.problems.push({ kind: "missing-open", span: words[0]?.span ?? { start: 0, end: 0 }, detail: words[0]?.text ?? "" });
    });
    this.CONSUME(NewLine);
    this.SUBRULE(this.body, { ARGS: [body] });
    this.OPTION(() => (close = this.CONSUME(CloseBrace)));
    return this.ACTION((): Item => {
      this.depth--;
      return this.finishBlock(words, undefined, body, close);
    });
  });

  private readonly body = this.RULE("body", (items: Item[]): void => {
    this.MANY({
      GATE: () => !this.topLevelBegins(),
      DEF: () =>
        this.OR([
          { ALT: () => this.CONSUME(NewLine) },
          {
            ALT: () => {
              const item = this.SUBRULE(this.item);
              this.ACTION(() => items.push(item));
            },
          },
        ]),
    });
  });

  /** What is nested too deeply to be read: everything up to the brace that closes it, in a loop instead of by recursion. */
  private readonly flat = this.RULE("flat", (): void => {
    let level = 0;
    this.MANY({
      GATE: () => level > 0 || this.LA(1).tokenType !== CloseBrace,
      DEF: () =>
        this.OR([
          { ALT: () => this.CONSUME(NewLine) },
          { ALT: () => this.CONSUME(Bare) },
          { ALT: () => this.CONSUME(Quoted) },
          { ALT: () => (this.CONSUME(OpenBrace), level++) },
          { ALT: () => (this.CONSUME(CloseBrace), level--) },
        ]),
    });
  });

  private statement(words: readonly Word[]): Statement {
    const [first, ...rest] = words as [Word, ...Word[]];
    const last = rest.at(-1) ?? first;
    return { kind: "statement", words: [first, ...rest], span: { start: first.span.start, end: last.span.end } };
  }

  private finishBlock(words: readonly Word[], open: Span | undefined, body: Item[], close: IToken | undefined): Block {
    const header = words.at(-1)?.span ?? open ?? { start: 0, end: 0 };
    const start = words[0]?.span.start ?? header.start;
    if (close === undefined)
      this.problems.push({
        kind: "unclosed-block",
        span: { start, end: words[0]?.span.end ?? header.end },
        detail: words.map((word) => word.text).join(" "),
        other: { start: this.offsetHere(), end: this.offsetHere() },
      });
    const lastItem = body.at(-1);
    return {
      kind: "block",
      words,
      ...(open === undefined ? {} : { open }),
      body,
      ...(close === undefined ? {} : { close: spanOf(close) }),
      span: { start, end: close === undefined ? (lastItem?.span.end ?? open?.end ?? header.end) : endOf(close) },
    };
  }

  private offsetHere(): number {
    const next = this.LA(1);
    return Number.isFinite(next.startOffset) && next.image !== "" ? next.startOffset : this.textEnd;
  }

  /** The next token that is not a line end, looked at without consuming; `from` counts from the next one. */
  private nextOnAnyLine(from: number): TokenType {
    let at = from;
    while (this.LA(at).tokenType === NewLine) at++;
    return this.LA(at).tokenType;
  }

  private braceFollows(): boolean {
    return this.nextOnAnyLine(1) === OpenBrace;
  }

  private opensWithoutBrace(words: readonly Word[]): boolean {
    return this.depth === 0 && words[0] !== undefined && isRootOnlyBlock(words[0].text);
  }

  /** Whether the next token begins a block that is valid at the top level only, while another is still open. */
  private topLevelBegins(): boolean {
    const token = this.LA(1);
    if (token.tokenType !== Bare || !isRootOnlyBlock(token.image)) return false;
    let at = 2;
    while (this.LA(at).tokenType === Bare || this.LA(at).tokenType === Quoted) at++;
    return this.nextOnAnyLine(at) === OpenBrace;
  }
}

let parser: KeepalivedParser | undefined;

/** Reads a configuration text. Never throws; cost is linear in the length of the text. */
export const parseKeepalived = (text: string): Document => {
  const { tokens: input } = keepalivedLexer.tokenize(text);
  parser ??= new KeepalivedParser(true);
  return parser.parse(input, text.length);
};

/** For the tests: builds the parser with Chevrotain's own validation of the grammar. */
export const validateGrammar = (): void => void new KeepalivedParser(false);
