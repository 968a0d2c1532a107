/**
 * The tree of a keepalived configuration: words, statements and blocks, without any knowledge of keywords.
 * Spans are offsets in the text that was parsed (a reading's expanded text, or a file's own).
 */
import type { Problem, Span } from "../text.ts";

export interface Word {
  /** The word without its double quotes. */
  readonly text: string;
  readonly quoted: boolean;
  /** With its quotes. */
  readonly span: Span;
  /** The text is not what stands between the span's quotes: `\#` and `\!` have lost their backslash, or what follows. */
  readonly escaped?: true;
}

/** One line: a keyword and its words. Only the first logical word is a keyword; the daemon reads one statement a line. */
export interface Statement {
  readonly kind: "statement";
  readonly words: readonly [Word, ...Word[]];
  readonly span: Span;
}

export interface Block {
  readonly kind: "block";
  /** The header; empty for a brace that no keyword stands before. */
  readonly words: readonly Word[];
  /** The opening brace; undefined when it is missing. */
  readonly open?: Span;
  readonly body: readonly Item[];
  /** The closing brace; undefined when it is missing. */
  readonly close?: Span;
  readonly span: Span;
}

export type Item = Statement | Block;

export type ParseProblem = Problem<
  /** A block is still open at the end or where a top-level block begins. `other` is the header. */
  | "unclosed-block"
  /** A `}` that closes nothing. */
  | "extra-close"
  /** A block keyword without `{`. */
  | "missing-open"
  /** A `{` without a keyword before it. */
  | "unexpected-open"
  /** A double quote without its partner on the line. */
  | "unterminated-quote"
  /** Words behind a `}` on its line are read as the next statement. */
  | "text-after-close"
  /** `\#` or `\!` where only the first process of the daemon sees it: for the others a comment begins here. */
  | "escaped-comment"
  /** A word that is nothing but a quoted brace: the daemon takes it for a brace, without counting it. */
  | "quoted-brace"
  /** Deeper nesting than kalint reads. */
  | "too-deep"
>;

export interface Document {
  readonly kind: "document";
  readonly items: readonly Item[];
  readonly problems: readonly ParseProblem[];
}
