/**
 * Which word of an item is which argument: of a statement, of a block's header, and of a line in a list block, where
 * options follow the entry (`10.0.0.68/24 dev eth0 label eth0:1`).
 */
import { matchArguments } from "../../../grammar/vocabulary/arguments.ts";
import { context, lookup } from "../../../grammar/vocabulary/index.ts";
import type { Argument, ContextId, Keyword } from "../../../grammar/vocabulary/types.ts";
import type { ConfigItem, ConfigWord } from "./items.ts";
import { isPlaceholder, isSwallowed } from "./lost.ts";
import { remembered } from "./remembered.ts";

export interface ReadArgument {
  readonly argument: Argument;
  readonly word: ConfigWord;
  /** The row the argument belongs to: the statement's, or that of an option on its line. */
  readonly row: Keyword;
  /** The word that stands for the row: `priority`, `dev`; for the entry of a list line its own first word. */
  readonly name: ConfigWord;
}

export interface MissingArgument {
  readonly argument: Argument;
  readonly row: Keyword;
  readonly name: ConfigWord;
}

export interface ItemArguments {
  readonly values: readonly ReadArgument[];
  readonly missing: readonly MissingArgument[];
  /** Words that nobody reads. On a line of a list block: words that are no option. */
  readonly extra: readonly ConfigWord[];
}

const nothing: ItemArguments = { values: [], missing: [], extra: [] };

/** A line of a list block, as against a statement or a block's header. */
export const isListLine = ({ entry }: ConfigItem): boolean => entry?.kind === "entry-option";

/** Reads the words of an item. Empty where they mean nothing: unknown keywords, lines that a lost brace brought here. */
export const argumentsOf = remembered((item: ConfigItem): ItemArguments => {
  const { entry } = item;
  if (entry === undefined || isPlaceholder(item) || isSwallowed(item)) return nothing;
  if (isListLine(item)) return readLine(item);
  if (entry.understood === "partial") return nothing;
  // A statement with a brace is told as that; what its words would be is anyone's guess.
  if (item.kind === "block" && entry.kind === "statement") return nothing;
  const form = formOf(item);
  const words = item.args.map(({ value }) => value);
  const row = form ?? entry;
  const name = form === undefined ? item.keyword : item.args[0]!;
  const { values, missing, next } = matchArguments(row, words, form === undefined ? 0 : 1);
  return {
    values: values.map(({ argument, index }) => ({ argument, word: item.args[index]!, row, name })),
    missing: missing === undefined ? [] : [{ argument: missing, row, name }],
    extra: item.args.slice(next),
  };
});

/** `virtual_server fwmark 1`: the first word behind the block's own chooses what the others are. */
const formOf = ({ entry, args, keyword }: ConfigItem): Keyword | undefined => {
  const first = args[0]?.value;
  if (entry?.kind !== "named-block" || first === undefined) return undefined;
  return context(keyword.value)?.forms?.find(({ name }) => name === first);
};

const formNames: ReadonlyMap<string, string> = new Map([
  ["mpls", "<labels>"],
  ["ila", "<locator>"],
]);

const readLine = (item: ConfigItem): ItemArguments => {
  const id = item.context ?? "";
  const around = context(id);
  const words = [item.keyword, ...item.args];
  const texts = words.map(({ value }) => value);
  const values: ReadArgument[] = [];
  const missing: MissingArgument[] = [];
  const extra: ConfigWord[] = [];
  let place: ContextId = id;
  let entryRead = around?.entry === undefined;
  let at = 0;
  const read = (row: Keyword, from: number, name: ConfigWord): void => {
    const match = matchArguments(row, texts, from);
    if (row.understood === "full") {
      for (const { argument, index } of match.values) values.push({ argument, word: words[index]!, row, name });
      if (match.missing !== undefined) missing.push({ argument: match.missing, row, name });
    }
    at = Math.max(match.next, from);
  };
  while (at < words.length) {
    const word = words[at]!;
    const found = lookupFrom(place, id, word.value);
    if (found !== undefined && !(found.row.isEntry === true && at > 0)) {
      read(found.row, at + 1, word);
      place = innerPlace(found.place, word.value);
      // Labels and locators stand directly behind the kind of encapsulation, without a word of their own.
      const kind = word.value === "encap" ? formNames.get(texts[at - 1] ?? "") : undefined;
      const form = context(place)?.forms?.find(({ name }) => name === kind);
      if (form !== undefined) read(form, at, word);
      if (word.value === "to") entryRead = true;
    } else if (!entryRead && around?.entry !== undefined && !place.includes("/nexthop")) {
      entryRead = true;
      const from = at;
      read(around.entry, at, word);
      at = Math.max(at, from + 1);
    } else {
      extra.push(word);
      at++;
    }
  }
  const wanted = around?.entry;
  if (!entryRead && wanted?.args[0] !== undefined && wanted.required === true)
    missing.push({ argument: wanted.args.find(({ optional }) => optional !== true) ?? wanted.args[0], row: wanted, name: item.keyword });
  return { values, missing, extra };
};

/** An option in the innermost place that knows it: within `nexthop`, within `encap`, else of the line itself. */
const lookupFrom = (place: ContextId, line: ContextId, word: string): { readonly row: Keyword; readonly place: ContextId } | undefined => {
  for (let at = place; at.length >= line.length; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const row = lookup(at, word);
    if (row !== undefined) return { row, place: at };
    // Behind the first nexthop the daemon reads hops only (vrrp_iproute.c:1349).
    if (at === line || (at === `${line}/nexthop` && word !== "nexthop")) break;
  }
  return undefined;
};

const innerPlace = (place: ContextId, word: string): ContextId => {
  if (word !== "nexthop" && word !== "encap") return place;
  const inner = `${place}/${word}`;
  return context(inner) === undefined ? place : inner;
};
