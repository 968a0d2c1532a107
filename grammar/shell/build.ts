/**
 * What the rules of the grammar have in hand while they build the tree: spans, words, assignments, heredocs, the stack of
 * open commands, and the words of error messages.
 */
import { EmbeddedActionsParser, type IToken, NoViableAltException, type TokenType } from "chevrotain";
import type { Span } from "../text.ts";
import { isEnd, messages, wanted } from "./messages.ts";
import { MAX_DEPTH } from "./scan.ts";
import * as t from "./tokens.ts";
import type {
  ArrayValue,
  Assignment,
  Command,
  Draft,
  Name,
  Redirection,
  RedirectionOperator,
  ShellProblem,
  Statement,
  Word,
  WordPart,
} from "./tree.ts";

export type DraftWord = Draft<Word>;

/** A command behind which redirections may stand, and that is no simple one. */
export type CompoundDraft = Draft<Exclude<Extract<Command, { readonly redirections: unknown }>, { readonly kind: "simple" }>>;

/** What most commands have of assignments and redirections. */
export const NONE: readonly never[] = [];

/** A compound command that is being read, and the list its next statement belongs to. */
export interface Frame {
  readonly node: Draft<Command> | undefined;
  list: Statement[];
  /** The word that opened it, for the message when it is not closed. */
  readonly opener: Span;
}

/** What the parser leaves to be done. */
export interface Pending {
  /** The text that is parsed and where it stands in the whole one. */
  readonly text: string;
  readonly base: number;
  readonly extglob: boolean;
  readonly words: DraftWord[];
  /** Texts that are expanded as in double quotes, but hold double quotes of their own: heredocs, expressions, subscripts. */
  readonly expanded: { readonly parts: WordPart[]; readonly span: Span }[];
  readonly arrays: { readonly elements: Word[]; readonly inside: Span }[];
  readonly problems: ShellProblem[];
  /** Offset in the text of what lies deeper than is followed. */
  readonly tooDeep?: number;
}

const outermost = (start: number, list: Statement[]): Frame => ({ node: undefined, list, opener: { start, end: start } });

/** The parser without its rules. */
export class TreeBuilder extends EmbeddedActionsParser {
  pending: Pending = { text: "", base: 0, extglob: false, words: [], expanded: [], arrays: [], problems: [] };
  /** The outermost frame is the script. */
  frames: Frame[] = [outermost(0, [])];
  protected last = 0;
  /** Redirections whose heredoc has not been seen yet, by the offset of the operator. */
  protected readonly open = new Map<number, Draft<Redirection>>();

  constructor(validate: boolean) {
    super(t.ALL_TOKENS, { maxLookahead: 1, recoveryEnabled: false, skipValidations: !validate, errorMessageProvider: messages });
  }

  /** Readies the parser for the tokens of a new text. */
  begin(pending: Pending, body: Statement[]): void {
    this.pending = pending;
    this.frames = [outermost(pending.base, body)];
    this.last = pending.base;
    if (this.open.size > 0) this.open.clear();
  }

  /** Offset behind the last token that became part of the tree. */
  get end(): number {
    return this.last;
  }

  protected at(token: IToken): Span {
    // Chevrotain learns the rules by running them once with stand-ins for tokens.
    if (this.RECORDING_PHASE) return { start: 0, end: 0 };
    const start = token.startOffset + this.pending.base;
    return { start, end: start + token.image.length };
  }

  protected took(token: IToken): Span {
    const span = this.at(token);
    if (span.end > this.last) this.last = span.end;
    return span;
  }

  /** As `took`, where nobody needs the span. */
  private reach(token: IToken): void {
    const end = token.startOffset + token.image.length + this.pending.base;
    if (end > this.last) this.last = end;
  }

  protected spanFrom(start: number): Span {
    return { start, end: Math.max(this.last, start) };
  }

  protected problem(span: Span, detail: string, other?: Span): void {
    this.pending.problems.push(other === undefined ? { kind: "syntax", span, detail } : { kind: "syntax", span, detail, other });
  }

  protected word(token: IToken): DraftWord {
    const span = this.took(token);
    if (this.RECORDING_PHASE) return literalWord(span, "");
    const { literal, unclosed } = token.payload as t.WordPayload;
    if (literal) return literalWord(span, token.image);
    if (unclosed !== undefined) this.unclosed(unclosed);
    return this.isTooDeep(unclosed) ? unreadWord(span, token.image) : this.wordAt(span, token.image);
  }

  /** Whether it is only so deep that the scan did not look for what closes it. */
  private isTooDeep(unclosed: number | undefined): boolean {
    return unclosed !== undefined && unclosed === this.pending.tooDeep;
  }

  /** A word whose parts are yet to be read. */
  protected wordAt(span: Span, text: string): DraftWord {
    const word: DraftWord = { kind: "word", span, text, parts: NONE };
    this.pending.words.push(word);
    return word;
  }

  protected name(token: IToken): Name {
    if (this.RECORDING_PHASE) return { span: this.at(token), text: "" };
    const { unclosed } = token.payload as t.WordPayload;
    if (unclosed !== undefined) this.unclosed(unclosed);
    return { span: this.took(token), text: token.image };
  }

  private unclosed(opener: number): void {
    if (this.isTooDeep(opener)) return;
    const start = opener + this.pending.base;
    this.problem({ start, end: start + 1 }, `nothing closes this ${quoteName(this.pending.text, opener)}`);
  }

  /** Begins a command whose first token is taken: its span is where it is told that nothing closes it. */
  protected enter(node: Draft<Command>, list: Statement[]): Frame {
    const opener = node.span;
    const frame = { node, list, opener };
    this.frames.push(frame);
    if (this.frames.length > MAX_DEPTH) {
      this.pending.problems.push(deep("commands", opener.start));
      throw new NoViableAltException("too deep", this.LA(1), this.LA(0));
    }
    return frame;
  }

  protected leave<T extends Draft<Command>>(frame: Frame, node: T): T {
    this.frames.pop();
    (node as { span: Span }).span = this.spanFrom(frame.opener.start);
    return node;
  }

  /** The command that is being read. */
  protected get frame(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  protected push(statement: Statement): void {
    this.frame.list.push(statement);
  }

  /** A list that may not be empty. */
  protected needed(list: readonly Statement[]): void {
    if (list.length > 0 || this.RECORDING_PHASE) return;
    const next = this.LA(1);
    const span = isEnd(next) ? { start: this.last, end: this.last } : this.at(next);
    this.problem(span, wanted("a command", next));
  }

  protected assignment(token: IToken, prefix: number): Assignment {
    const span = this.took(token);
    const { image } = token;
    const bracket = image.indexOf("[");
    const indexed = bracket >= 0 && bracket < prefix;
    const append = image[prefix - 2] === "+";
    const nameEnd = indexed ? bracket : prefix - (append ? 2 : 1);
    const valueSpan = { start: span.start + prefix, end: span.end };
    const { literal, unclosed } = token.payload as t.WordPayload;
    if (unclosed !== undefined) this.unclosed(unclosed);
    let value: Word | ArrayValue;
    if (this.isTooDeep(unclosed)) value = unreadWord(valueSpan, image.slice(prefix));
    else if (image[prefix] === "(" && (image.endsWith(")") || unclosed !== undefined)) {
      const elements: Word[] = [];
      value = { kind: "array", span: valueSpan, elements };
      const inside = { start: valueSpan.start + 1, end: valueSpan.end - (unclosed === undefined ? 1 : 0) };
      this.pending.arrays.push({ elements, inside });
    } else value = literal ? literalWord(valueSpan, image.slice(prefix)) : this.wordAt(valueSpan, image.slice(prefix));
    return {
      kind: "assignment",
      span,
      name: { span: { start: span.start, end: span.start + nameEnd }, text: image.slice(0, nameEnd) },
      ...(indexed ? this.index(image, span.start, bracket + 1, prefix - (append ? 3 : 2)) : {}),
      append,
      value,
    };
  }

  /** The subscript from `from` to `to` of a word that stands at `start`. */
  private index(image: string, start: number, from: number, to: number): Pick<Assignment, "index" | "indexParts"> {
    return { index: image.slice(from, to), indexParts: this.partsAt({ start: start + from, end: start + to }) };
  }

  /** Parts of an expanded text that are yet to be read. */
  private partsAt(span: Span): readonly WordPart[] {
    const parts: WordPart[] = [];
    this.pending.expanded.push({ parts, span });
    return parts;
  }

  /** The inside of `((…))`. */
  protected expression(token: IToken): { readonly expression: string; readonly parts: readonly WordPart[] } {
    if (this.RECORDING_PHASE) return { expression: "", parts: NONE };
    const { start, end } = this.at(token);
    return { expression: token.image.slice(2, -2), parts: this.partsAt({ start: start + 2, end: end - 2 }) };
  }

  /** The bodies behind a line end belong to the heredoc operators of the line. */
  protected line(token: IToken): void {
    const payload = token.payload as t.NewlinePayload | undefined;
    if (payload === undefined) return;
    const { base } = this.pending;
    for (const { operator, body } of payload.heredocs) {
      const redirection = this.open.get(operator);
      if (redirection?.heredoc === undefined) continue;
      const span = { start: body.start + base, end: body.end + base };
      const parts: WordPart[] = [];
      const text = this.pending.text.slice(body.start, body.end);
      redirection.heredoc = { span, quoted: redirection.heredoc.quoted, text, parts };
      if (redirection.heredoc.quoted) {
        if (span.end > span.start) parts.push({ kind: "literal", span, value: text });
      } else this.pending.expanded.push({ parts, span });
    }
    this.open.clear();
  }

  /** Whether a token of this type comes next; yes while Chevrotain learns the rules. */
  protected sees(type: TokenType): boolean {
    return this.RECORDING_PHASE || this.LA(1).tokenType === type;
  }

  protected closing(type: TokenType): void {
    const token = this.CONSUME(type);
    if (!this.RECORDING_PHASE) this.reach(token);
  }

  /** The error for a token in place of something else. */
  protected refusal(expected: string): NoViableAltException {
    const error = new NoViableAltException(wanted(expected, this.LA(1)), this.LA(1), this.LA(0));
    this.errors = [...this.errors, error];
    return error;
  }

  protected redirect(descriptor: IToken | undefined, operator: Span, kind: RedirectionOperator, target: Word): Draft<Redirection> {
    const start = descriptor === undefined ? operator.start : this.at(descriptor).start;
    const node: Draft<Redirection> = { kind: "redirection", span: this.spanFrom(start), operator: kind, target };
    if (descriptor !== undefined) node.descriptor = descriptor.image;
    return node;
  }
}

/** The problem of what lies deeper than kalint reads. */
export const deep = (what: string, start: number): ShellProblem => ({
  kind: "depth",
  span: { start, end: start + 1 },
  detail: `${what} lie in each other more than ${MAX_DEPTH} deep`,
});

/** A word that means itself. */
const literalWord = (span: Span, text: string): DraftWord => ({
  kind: "word",
  span,
  text,
  parts: text === "" ? NONE : [{ kind: "literal", span, value: text }],
});

/** A word that may be anything: a substitution of which nothing is known. */
const unreadWord = (span: Span, text: string): DraftWord => ({
  kind: "word",
  span,
  text,
  parts: [{ kind: "command-substitution", span, backquoted: false, body: NONE }],
});

const QUOTES: Readonly<Record<string, string>> = { '"': "double quote", "'": "single quote", "`": "backquote" };

const quoteName = (text: string, at: number): string => {
  const char = text[at] ?? "";
  if (char === "$") return text[at + 1] === "'" ? "single quote" : `\`${text.slice(at, at + 2)}\``;
  if (char === "<" || char === ">") return `\`${char}(\``;
  return QUOTES[char] ?? `\`${char}\``;
};
