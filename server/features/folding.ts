/** What can be folded: blocks, runs of comments, definitions of several lines. */
import { parseKeepalived } from "../../grammar/keepalived/parse.ts";
import type { Item } from "../../grammar/keepalived/tree.ts";
import type { Span } from "../../grammar/text.ts";

export interface Fold {
  /** From the first line to the last, which stays visible for blocks. */
  readonly span: Span;
  readonly kind: "block" | "comment";
}

export const folds = (text: string): readonly Fold[] => [...blockFolds(parseKeepalived(text).items), ...commentFolds(text)];

const blockFolds = (items: readonly Item[]): readonly Fold[] =>
  items.flatMap((item): readonly Fold[] => {
    if (item.kind !== "block") return [];
    const inner = blockFolds(item.body);
    return item.close === undefined ? inner : [{ span: { start: item.span.start, end: item.close.start }, kind: "block" }, ...inner];
  });

const commentRun = /^[ \t]*[#!].*(?:\n[ \t]*[#!].*)+/gmu;

const commentFolds = (text: string): readonly Fold[] =>
  [...text.matchAll(commentRun)].map((found) => ({ span: { start: found.index, end: found.index + found[0].length }, kind: "comment" }));
