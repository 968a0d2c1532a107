/**
 * The tree of one reading with every word at its site and every keyword looked up in the vocabulary. It is what the
 * rest of the model is built from, and what rules about the text itself are asked about.
 */
import { parseKeepalived } from "../../../grammar/keepalived/parse.ts";
import type { Block, Item, ParseProblem, Word } from "../../../grammar/keepalived/tree.ts";
import { isLiteral, siteOf, type MappedText, type Site, type Sited } from "../../../grammar/text.ts";
import { childContext, context, lookup } from "../../../grammar/vocabulary/index.ts";
import type { Context, ContextId, Keyword } from "../../../grammar/vocabulary/types.ts";

export interface ConfigWord extends Sited<string> {
  readonly quoted: boolean;
  /** Somebody wrote exactly this text at its site: a fix may replace it. */
  readonly literal: boolean;
}

export interface ConfigItem {
  readonly kind: "statement" | "block";
  /** The first word; in a list block, the first word of the entry. */
  readonly keyword: ConfigWord;
  readonly args: readonly ConfigWord[];
  /** Where the item stands; undefined inside a block that the vocabulary does not know. */
  readonly context?: ContextId;
  /** The row of the vocabulary; undefined for an unknown keyword. Entries of list blocks have the row of the entry. */
  readonly entry?: Keyword;
  /** From the first word to the last, for a block to its closing brace. */
  readonly site: Site;
  readonly parent?: ConfigItem;
  /** The block's content. Empty for a statement. */
  readonly items: readonly ConfigItem[];
  readonly open?: Site;
  readonly close?: Site;
}

export interface ConfigTree {
  readonly items: readonly ConfigItem[];
  readonly problems: readonly (Omit<ParseProblem, "span" | "other"> & { readonly site: Site; readonly other?: Site })[];
}

/** Parses an expanded text and looks its keywords up. Never throws. */
export const readTree = (mapped: MappedText): ConfigTree => {
  const document = parseKeepalived(mapped.text);
  return {
    items: document.items.flatMap((item) => configItems(mapped, item, context(""), undefined)),
    problems: document.problems.map(({ span, other, ...rest }) => ({
      ...rest,
      site: siteOf(mapped, span),
      ...(other === undefined ? {} : { other: siteOf(mapped, other) }),
    })),
  };
};

const configWord = (mapped: MappedText, word: Word): ConfigWord => ({
  value: word.text,
  quoted: word.quoted,
  site: siteOf(mapped, word.span),
  literal: isLiteral(mapped, word.span),
});

const configItems = (mapped: MappedText, item: Item, around: Context | undefined, parent: ConfigItem | undefined): ConfigItem[] => {
  const [first, ...rest] = item.words.map((word) => configWord(mapped, word));
  // A brace without a keyword: its content is read as part of the block around it, as the daemon does.
  if (first === undefined) return item.kind === "block" ? item.body.flatMap((child) => configItems(mapped, child, around, parent)) : [];
  if (around?.wordList === true && item.kind === "statement")
    return [first, ...rest].map((word) => configItem(mapped, item, word, [], around, parent, word.site));
  return [configItem(mapped, item, first, rest, around, parent, siteOf(mapped, item.span))];
};

const configItem = (
  mapped: MappedText,
  item: Item,
  keyword: ConfigWord,
  args: readonly ConfigWord[],
  around: Context | undefined,
  parent: ConfigItem | undefined,
  site: Site,
): ConfigItem => {
  const entry = around === undefined ? undefined : (around.entry ?? lookup(around.id, keyword.value));
  const items: ConfigItem[] = [];
  const made: ConfigItem = {
    kind: item.kind,
    keyword,
    args,
    site,
    items,
    ...(around === undefined ? {} : { context: around.id }),
    ...(entry === undefined ? {} : { entry }),
    ...(parent === undefined ? {} : { parent }),
    ...(item.kind === "block" ? braces(mapped, item) : {}),
  };
  if (item.kind === "block") {
    const inner = entry === undefined || around === undefined ? undefined : context(childContext(around.id, keyword.value));
    for (const child of item.body) items.push(...configItems(mapped, child, inner, made));
  }
  return made;
};

const braces = (mapped: MappedText, { open, close }: Block): Pick<ConfigItem, "open" | "close"> => ({
  ...(open === undefined ? {} : { open: siteOf(mapped, open) }),
  ...(close === undefined ? {} : { close: siteOf(mapped, close) }),
});

/** Every item of a tree, blocks before their content. */
export function* walkItems(items: readonly ConfigItem[]): Generator<ConfigItem> {
  for (const item of items) {
    yield item;
    if (item.items.length > 0) yield* walkItems(item.items);
  }
}
