/**
 * The Chevrotain parser of keepalived.conf: any text gives a tree and a list of problems.
 *
 * The grammar accepts every sequence of tokens, so Chevrotain's own error recovery is never needed; what is wrong
 * becomes a problem in an embedded action. Where the daemon derails (a lost brace makes it read the rest of the file
 * in the wrong block, grammar facts 5.5 to 5.8) this parser recovers: a keyword that is valid at the top level only
 * ends every open block, and a block keyword without `{` has its content all the same. Where a brace was lost, a block
 * that belongs to a block around ends those between.
 */
import { EmbeddedActionsParser, type IToken } from "chevrotain";
import type { Span } from "../text.ts";
import { childContext, context, isRootOnlyBlock, lookup } from "../vocabulary/index.ts";
import type { ContextId, Version } from "../vocabulary/types.ts";
import { dialectOf } from "./dialect.ts";
import { maskQuotes } from "./quotes.ts";
import { CloseBrace, keepalivedLexer, NewLine, OpenBrace, Text, tokens } from "./tokens.ts";
import type { Block, Document, Item, ParseProblem, Statement, Word } from "./tree.ts";

/** Deeper nesting is read flat. The deepest valid place is virtual_server/real_server/HTTP_GET/url: four. */
const maxDepth = 48;
/** How far the `}` of a block without `{` is looked for. */
const maxAhead = 400;

const endOf = (token: IToken): number => token.startOffset + token.image.length;
const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: endOf(token) });

/** Copies of exact length: an array that grew by pushing holds room for a dozen words more, in every statement. */
const exact = <T>(list: readonly T[]): readonly T[] => list.slice();

const statement = (words: readonly Word[]): Statement => {
  const span = { start: words[0]!.span.start, end: words[words.length - 1]!.span.end };
  return { kind: "statement", words: exact(words) as readonly [Word, ...Word[]], span };
};

/** What is read, and what was found wrong with it. */
interface Reading {
  readonly text: string;
  /** The tokens' images are those of a masked text. */
  readonly masked: boolean;
  /** The daemon's processes read a copy in which comment characters are unescaped. */
  readonly copied: boolean;
  readonly problems: ParseProblem[];
  /** A brace was lost: a block keyword that only a block further out knows ends those between. */
  readonly recovers: boolean;
  /** Told of every token that is looked at ahead of its turn. */
  readonly look?: (() => void) | undefined;
}

const nothing: Reading = { text: "", masked: false, copied: true, recovers: false, problems: [] };

class KeepalivedParser extends EmbeddedActionsParser {
  private reading: Reading = nothing;
  /** Where the blocks around stand in the vocabulary, outermost first; undefined inside of what it does not know. */
  private places: (ContextId | undefined)[] = [""];

  constructor(skipValidations: boolean) {
    super(tokens, { maxLookahead: 1, skipValidations });
    this.performSelfAnalysis();
  }

  parse(input: IToken[], reading: Reading): readonly Item[] {
    this.input = input;
    this.reading = reading;
    this.places = [""];
    const items: Item[] = [];
    this.document(items);
    this.reading = nothing;
    return items;
  }

  private readonly document = this.RULE("document", (items: Item[]): void => {
    this.SUBRULE(this.body, { ARGS: [items] });
    this.MANY(() => {
      const brace = this.CONSUME(CloseBrace);
      this.ACTION(() => this.reading.problems.push({ kind: "extra-close", span: spanOf(brace), detail: "}" }));
      this.SUBRULE2(this.body, { ARGS: [items] });
    });
  });

  private readonly body = this.RULE("body", (items: Item[]): void => {
    this.MANY({
      GATE: () => this.places.length === 1 || !(this.topLevelBegins() || this.outerBegins()),
      DEF: () =>
        this.OR([
          { ALT: () => this.CONSUME(NewLine) },
          {
            ALT: () => {
              const words: Word[] = [];
              let cut = false;
              this.AT_LEAST_ONE(() => {
                const token = this.CONSUME(Text);
                this.ACTION(() => (cut = cut || this.addWord(words, token)));
              });
              let block: Item | undefined;
              this.OPTION1({
                GATE: () => this.braceFollows(),
                DEF: () => {
                  this.OPTION2(() => this.CONSUME2(NewLine));
                  block = this.SUBRULE(this.block, { ARGS: [words] });
                },
              });
              this.OPTION3({
                GATE: () => block === undefined && this.opensWithoutBrace(words),
                DEF: () => (block = this.SUBRULE(this.bracelessBlock, { ARGS: [words] })),
              });
              this.ACTION(() => items.push(block ?? statement(words)));
            },
          },
          {
            ALT: () => {
              const block = this.SUBRULE2(this.block, { ARGS: [[]] });
              this.ACTION(() => items.push(block));
            },
          },
        ]),
    });
  });

  private readonly block = this.RULE("block", (words: readonly Word[]): Item => {
    const open = this.CONSUME(OpenBrace);
    const body: Item[] = [];
    let close: IToken | undefined;
    this.ACTION(() => {
      if (words.length === 0) this.reading.problems.push({ kind: "unexpected-open", span: spanOf(open), detail: "{" });
      this.enter(words);
      if (this.places.length === maxDepth) this.reading.problems.push({ kind: "too-deep", span: spanOf(open), detail: String(maxDepth) });
    });
    this.OR([
      { GATE: () => this.places.length >= maxDepth, ALT: () => this.SUBRULE(this.flat) },
      { ALT: () => this.SUBRULE(this.body, { ARGS: [body] }) },
    ]);
    this.OPTION(() => (close = this.CONSUME(CloseBrace)));
    return this.ACTION((): Item => {
      this.places.pop();
      return this.finishBlock(words, spanOf(open), body, close);
    });
  });

  /** A block keyword whose `{` is missing: its content is read all the same, up to the `}`. */
  private readonly bracelessBlock = this.RULE("bracelessBlock", (words: readonly Word[]): Item => {
    const body: Item[] = [];
    let close: IToken | undefined;
    this.ACTION(() => {
      this.enter(words);
      this.reading.problems.push({ kind: "missing-open", span: words[0]?.span ?? { start: 0, end: 0 }, detail: words[0]?.text ?? "" });
    });
    this.CONSUME(NewLine);
    this.SUBRULE(this.body, { ARGS: [body] });
    this.OPTION(() => (close = this.CONSUME(CloseBrace)));
    return this.ACTION((): Item => {
      this.places.pop();
      return this.finishBlock(words, undefined, body, close);
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
          { ALT: () => this.CONSUME(Text) },
          { ALT: () => (this.CONSUME(OpenBrace), level++) },
          { ALT: () => (this.CONSUME(CloseBrace), level--) },
        ]),
    });
  });

  /** Goes into a block. A brace without a keyword does not change the place: its content belongs to the block around. */
  private enter(words: readonly Word[]): void {
    const around = this.places.at(-1);
    const keyword = words[0]?.text;
    if (keyword === undefined) this.places.push(around);
    else this.places.push(around === undefined || lookup(around, keyword) === undefined ? undefined : childContext(around, keyword));
  }

  /** Adds a word. True when the rest of its line is a comment for the processes that it concerns. */
  private addWord(words: Word[], token: IToken): boolean {
    const { reading } = this;
    const span = spanOf(token);
    const image = reading.masked ? reading.text.slice(span.start, span.end) : token.image;
    if (image.charCodeAt(0) === 0x22) {
      const closed = image.length > 1 && image.endsWith('"');
      const text = image.slice(1, closed ? -1 : undefined);
      if (!closed) reading.problems.push({ kind: "unterminated-quote", span, detail: image.trimEnd() });
      else if (text === "{" || text === "}") reading.problems.push({ kind: "quoted-brace", span, detail: text });
      words.push({ text, quoted: true, span });
      return false;
    }
    const escape = token.image.includes("\\") ? /^(?:[^\\]|\\[^#!])*?(?=\\[#!])/u.exec(token.image) : null;
    if (escape === null) {
      words.push({ text: image, quoted: false, span });
      return false;
    }
    if (this.keepsEscapes(words[0]?.text ?? image)) {
      words.push({ text: image.replace(/\\([\\#!])/gu, (pair, c) => (c === "\\" ? pair : String(c))), quoted: false, span, escaped: true });
      return false;
    }
    const start = span.start + escape[0].length;
    reading.problems.push({
      kind: "escaped-comment",
      span: { start, end: start + 2 },
      detail: image.slice(escape[0].length, escape[0].length + 2),
    });
    // A line of nothing but a comment still is an item: the place where it was written.
    if (escape[0] !== "" || words.length === 0) words.push({ text: escape[0] || image, quoted: false, span, escaped: true });
    return true;
  }

  /** Only the first process reads global_defs and the statements of the top level: it alone sees what was escaped. */
  private keepsEscapes(keyword: string): boolean {
    if (!this.reading.copied) return true;
    if (this.places.length > 1) return this.places[1] === "global_defs";
    return lookup("", keyword)?.kind === "statement";
  }

  private finishBlock(words: readonly Word[], open: Span | undefined, body: Item[], close: IToken | undefined): Block {
    const header = words.at(-1)?.span ?? open ?? { start: 0, end: 0 };
    const start = words[0]?.span.start ?? header.start;
    if (close === undefined)
      this.reading.problems.push({
        kind: "unclosed-block",
        span: { start, end: words[0]?.span.end ?? header.end },
        detail: words.map((word) => word.text).join(" "),
        other: { start: this.offsetHere(), end: this.offsetHere() },
      });
    const span = { start, end: close === undefined ? (body.at(-1)?.span.end ?? open?.end ?? header.end) : endOf(close) };
    const kind = "block";
    if (open !== undefined && close !== undefined)
      return { kind, words: exact(words), open, body: exact(body), close: spanOf(close), span };
    const block = { kind, words: exact(words), body: exact(body), span } as const;
    return { ...block, ...(open === undefined ? {} : { open }), ...(close === undefined ? {} : { close: spanOf(close) }) };
  }

  private offsetHere(): number {
    const next = this.LA(1);
    return Number.isFinite(next.startOffset) && next.image !== "" ? next.startOffset : this.reading.text.length;
  }

  private braceFollows(): boolean {
    const { tokenType } = this.LA(1);
    return tokenType === OpenBrace || (tokenType === NewLine && this.LA(2).tokenType === OpenBrace);
  }

  /** Whether the words are a block's header whose `{` is missing, while its content and its `}` are there. */
  private opensWithoutBrace(words: readonly Word[]): boolean {
    const keyword = words[0]?.text;
    const around = this.places.at(-1);
    if (keyword === undefined || around === undefined || this.LA(1).tokenType !== NewLine) return false;
    if (this.places.length === 1) return isRootOnlyBlock(keyword);
    if (!isBlockIn(around, keyword)) return false;
    return this.contentFollows(around, childContext(around, keyword), lookup(around, keyword)?.kind === "list-block");
  }

  /** Whether the lines up to the next `}` of this level all belong to the block, not to the one around. */
  private contentFollows(around: ContextId, inside: ContextId, isList: boolean): boolean {
    let depth = 0;
    for (let at = 1; at < maxAhead; at++) {
      this.reading.look?.();
      const { tokenType } = this.LA(at);
      if (tokenType === OpenBrace) depth++;
      else if (tokenType === CloseBrace) {
        if (depth === 0) return at > 2;
        depth--;
      } else if (tokenType === NewLine && depth === 0) {
        const next = this.LA(at + 1);
        if (next.tokenType !== Text) continue;
        const belongs = lookup(inside, next.image) !== undefined || (isList && context(inside) !== undefined);
        if (!belongs || lookup(around, next.image) !== undefined) return false;
      } else if (tokenType !== Text && tokenType !== NewLine) return false;
    }
    return false;
  }

  /** Whether the next token begins a block that is valid at the top level only, while another is still open. */
  private topLevelBegins(): boolean {
    const token = this.LA(1);
    return token.tokenType === Text && isRootOnlyBlock(token.image) && this.braceEndsLine();
  }

  /** Whether the next token begins a block that is none here, but one in a block further out. */
  private outerBegins(): boolean {
    if (!this.reading.recovers) return false;
    const { tokenType, image } = this.LA(1);
    const here = this.places.at(-1);
    if (tokenType !== Text || here === undefined || isBlockIn(here, image)) return false;
    return this.places.slice(1, -1).some((place) => place !== undefined && isBlockIn(place, image)) && this.braceEndsLine();
  }

  /** Whether the words of the line are followed by a `{`, there or on the next one. */
  private braceEndsLine(): boolean {
    let at = 2;
    while (this.LA(at).tokenType === Text) {
      this.reading.look?.();
      at++;
    }
    return this.LA(at).tokenType === OpenBrace || (this.LA(at).tokenType === NewLine && this.LA(at + 1).tokenType === OpenBrace);
  }
}

/** Whether a word opens a block in a place. */
const isBlockIn = (place: ContextId, word: string): boolean => {
  const kind = lookup(place, word)?.kind;
  return kind === "block" || kind === "named-block" || kind === "list-block";
};

let parser: KeepalivedParser | undefined;

/** Reads once; where a brace was lost a second time, and takes the reading that leaves no more braces over. */
const read = (
  input: IToken[],
  reading: Omit<Reading, "problems" | "recovers">,
): { readonly items: readonly Item[]; readonly problems: ParseProblem[] } => {
  parser ??= new KeepalivedParser(true);
  const plain: ParseProblem[] = [];
  const items = parser.parse(input, { ...reading, problems: plain, recovers: false });
  const lost = lostBraces(plain);
  if (lost === 0) return { items, problems: plain };
  const problems: ParseProblem[] = [];
  const recovered = parser.parse(input, { ...reading, problems, recovers: true });
  return lostBraces(problems) > lost ? { items, problems: plain } : { items: recovered, problems };
};

const lostBraces = (problems: readonly ParseProblem[]): number =>
  problems.filter(({ kind }) => kind === "unclosed-block" || kind === "extra-close").length;

/**
 * Reads a configuration text as that version of keepalived does (the newest known when nobody says). Never throws; cost
 * is linear in the length of the text. `look` is for tests of that: it is called for every token looked at ahead.
 */
export const parseKeepalived = (text: string, version?: Version, look?: () => void): Document => {
  const masked = maskQuotes(text);
  const { tokens: input } = keepalivedLexer.tokenize(masked?.text ?? text);
  const reading = { text, masked: masked !== undefined, copied: dialectOf(version).copied, look };
  const { items, problems } = read(input, reading);
  for (const span of masked?.unterminated ?? [])
    if (!problems.some((told) => told.kind === "unterminated-quote" && told.span.start >= span.start && told.span.end <= span.end))
      problems.push({ kind: "unterminated-quote", span, detail: text.slice(span.start, span.end).trimEnd() });
  return { kind: "document", items, problems };
};

/** For the tests: builds the parser with Chevrotain's own validation of the grammar. */
export const validateGrammar = (): void => void new KeepalivedParser(false);
