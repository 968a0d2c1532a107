/**
 * The tree of one reading with every word at its site and every keyword looked up in the vocabulary. It is what the
 * rest of the model is built from, and what rules about the text itself are asked about.
 */
import { splitCommandLine } from "../../../grammar/keepalived/command-words.ts";
import { dialectOf } from "../../../grammar/keepalived/dialect.ts";
import { parseKeepalived } from "../../../grammar/keepalived/parse.ts";
import type { Block, Item, ParseProblem, Word } from "../../../grammar/keepalived/tree.ts";
import { isLiteral, siteOf, type MappedText, type Site, type Sited } from "../../../grammar/text.ts";
import { childContext, context, lookup } from "../../../grammar/vocabulary/index.ts";
import type { Context, ContextId, Keyword, Version } from "../../../grammar/vocabulary/types.ts";
import { optional } from "./optional.ts";
import { remembered } from "./remembered.ts";

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

type TreeProblem = Omit<ParseProblem, "span" | "other" | "kind"> & {
  /** `command-quote`: a quote of a command that has no partner; `keepalived -t` crashes over it in `script` and `misc_path`. */
  readonly kind: ParseProblem["kind"] | "command-quote";
  readonly site: Site;
  readonly other?: Site;
};

export interface ConfigTree {
  readonly items: readonly ConfigItem[];
  readonly problems: readonly TreeProblem[];
}

/** What the words of a text are made with. */
interface Making {
  readonly mapped: MappedText;
  readonly escapesTwice: boolean;
  readonly problems: TreeProblem[];
}

/** Parses an expanded text as that version of keepalived reads it, and looks its keywords up. Never throws. */
export const readTree = (mapped: MappedText, version?: Version): ConfigTree => {
  const document = parseKeepalived(mapped.text, version);
  const problems = document.problems.map(({ span, other, ...rest }): TreeProblem => ({
    ...rest,
    site: siteOf(mapped, span),
    ...(other === undefined ? {} : { other: siteOf(mapped, other) }),
  }));
  const making = { mapped, escapesTwice: dialectOf(version).escapesTwice, problems };
  const items: ConfigItem[] = [];
  for (const item of document.items) addItems(making, item, context(""), undefined, items);
  return { items, problems };
};

const configWord = (mapped: MappedText, word: Word): ConfigWord => ({
  value: word.text,
  quoted: word.quoted,
  site: siteOf(mapped, word.span),
  literal: word.escaped !== true && isLiteral(mapped, word.span),
});

/**
 * The words of a statement. A line with a command is split once more, from its raw text, with single and double quotes:
 * the command is one word, what follows are the user and the group (grammar facts 4.2).
 */
const wordsOf = (making: Making, item: Item, around: Context | undefined): readonly ConfigWord[] => {
  const { mapped } = making;
  const plain = item.words.map((word) => configWord(mapped, word));
  const first = item.words[0];
  if (item.kind !== "statement" || first === undefined || plain.length < 2 || around === undefined) return plain;
  if (lookup(around.id, first.text)?.args[0]?.type !== "script") return plain;
  const raw = mapped.text.slice(first.span.start, item.span.end);
  if (!/['"\\]/u.test(raw)) return plain;
  const { words, broken } = splitCommandLine(raw, { escapes: making.escapesTwice, longHex: making.escapesTwice });
  if (broken !== undefined) {
    const start = first.span.start + broken.at;
    making.problems.push({ kind: "command-quote", site: siteOf(mapped, { start, end: start + 1 }), detail: broken.character });
    return plain;
  }
  const command = words[1];
  const inner = command === undefined ? undefined : splitCommandLine(command.text, { escapes: true }).broken;
  if (command !== undefined && inner !== undefined) {
    const span = { start: first.span.start + command.start, end: first.span.start + command.end };
    making.problems.push({ kind: "command-quote", site: siteOf(mapped, span), detail: inner.character });
  }
  return words.map(({ text, start, end, quoted, literal }): ConfigWord => {
    const span = { start: first.span.start + start, end: first.span.start + end };
    return { value: text, quoted, site: siteOf(mapped, span), literal: literal && isLiteral(mapped, span) };
  });
};

const addItems = (making: Making, item: Item, around: Context | undefined, parent: ConfigItem | undefined, into: ConfigItem[]): void => {
  const [first, ...rest] = wordsOf(making, item, around);
  // A brace without a keyword: its content is read as part of the block around it, as the daemon does.
  if (first === undefined) {
    if (item.kind === "block") for (const child of item.body) addItems(making, child, around, parent, into);
  } else if (around?.wordList === true && item.kind === "statement")
    for (const word of [first, ...rest]) into.push(configItem(making, item, word, [], around, parent, word.site));
  else into.push(configItem(making, item, first, rest, around, parent, siteOf(making.mapped, item.span)));
};

const configItem = (
  making: Making,
  item: Item,
  keyword: ConfigWord,
  args: readonly ConfigWord[],
  around: Context | undefined,
  parent: ConfigItem | undefined,
  site: Site,
): ConfigItem => {
  const entry = around === undefined ? undefined : (around.entry ?? lookup(around.id, keyword.value));
  const items: ConfigItem[] = [];
  const { open, close } = item.kind === "block" ? item : none;
  const made: ConfigItem = optional({
    kind: item.kind,
    keyword,
    args,
    site,
    items,
    context: around?.id,
    entry,
    parent,
    open: open === undefined ? undefined : siteOf(making.mapped, open),
    close: close === undefined ? undefined : siteOf(making.mapped, close),
  });
  if (item.kind === "block") {
    const inner = entry === undefined || around === undefined ? undefined : context(childContext(around.id, keyword.value));
    for (const child of item.body) addItems(making, child, inner, made, items);
  }
  return made;
};

const none: Pick<Block, "open" | "close"> = {};

/** Every item of a tree, blocks before their content. Made once: dozens of rules walk the same tree. */
export const walkItems = remembered((items: readonly ConfigItem[]): readonly ConfigItem[] => {
  const found: ConfigItem[] = [];
  const add = (inner: readonly ConfigItem[]): void => {
    for (const item of inner) {
      found.push(item);
      if (item.items.length > 0) add(item.items);
    }
  };
  add(items);
  return found;
});

/** A block or statement with everything in it. */
export const itemsOf = (item: ConfigItem): readonly ConfigItem[] => (item.items.length === 0 ? [item] : [item, ...walkItems(item.items)]);
