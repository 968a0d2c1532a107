/**
 * One table of definitions and references of a configuration. Undefined, unused, duplicate, go to definition and
 * rename are queries on it. It is filled from the vocabulary's `defines` and `refersTo`.
 */
import type { Sited } from "../../../grammar/text.ts";
import type { SymbolKind } from "../../../grammar/vocabulary/types.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { argumentsOf } from "./arguments.ts";
import { once } from "./once.ts";
import { walkItems, type ConfigItem, type ConfigTree } from "./items.ts";

export interface SymbolDefinition {
  readonly kind: SymbolKind;
  readonly name: Sited<string>;
  readonly item: ConfigItem;
}

export interface SymbolReference {
  readonly kind: SymbolKind;
  readonly name: Sited<string>;
  readonly item: ConfigItem;
}

export interface SymbolTable {
  readonly definitions: readonly SymbolDefinition[];
  readonly references: readonly SymbolReference[];
  /** Whether something of that kind is defined under a name that nobody knows: any name may be meant. */
  readonly hasUnknown: (kind: SymbolKind) => boolean;
  /** The first definition of a name. */
  readonly definition: (kind: SymbolKind, name: string) => SymbolDefinition | undefined;
  readonly referencesTo: (kind: SymbolKind, name: string) => readonly SymbolReference[];
}

export const symbolsOf = (tree: ConfigTree): SymbolTable => {
  const definitions: SymbolDefinition[] = [];
  const references: SymbolReference[] = [];
  const unknown = new Set<SymbolKind>();
  for (const item of walkItems(tree.items)) {
    const { entry } = item;
    if (entry === undefined) continue;
    // The row of a list block's entry describes its first word; that of a keyword the words behind it.
    const words = entry.kind === "entry-option" || entry.name.startsWith("<") ? [item.keyword, ...item.args] : item.args;
    entry.args.forEach((argument, index) => {
      if (argument.introducedBy !== undefined) return;
      const matched = argument.repeated === true ? words.slice(index) : words.slice(index, index + 1);
      for (const word of matched) {
        if (isUnexpanded(word.value)) {
          if (argument.defines !== undefined) unknown.add(argument.defines);
          continue;
        }
        const name = { value: word.value, site: word.site };
        if (argument.defines !== undefined) definitions.push({ kind: argument.defines, name, item });
        if (argument.refersTo !== undefined) references.push({ kind: argument.refersTo, name, item });
      }
    });
    for (const reference of furtherReferences(item)) references.push(reference);
  }
  const byDefinition = grouped(definitions);
  const byReference = grouped(references);
  return {
    definitions,
    references,
    hasUnknown: (kind) => unknown.has(kind),
    definition: (kind, name) => byDefinition(kind, name)[0],
    referencesTo: byReference,
  };
};

/** The words of the vocabulary behind which a name stands that is defined elsewhere. */
const introducing = new Set(["group", "inst", "track_group"]);

/** Behind a word that says what follows: `group` of a virtual_server, `inst` of lvs_sync_daemon, `track_group` of an address. */
const furtherReferences = (item: ConfigItem): readonly SymbolReference[] => {
  if (!item.args.some(({ value }) => introducing.has(value))) return [];
  return argumentsOf(item).values.flatMap(({ argument: { refersTo, introducedBy }, row, word }) =>
    refersTo === undefined || (row === item.entry && introducedBy === undefined) || isUnexpanded(word.value)
      ? []
      : [{ kind: refersTo, name: { value: word.value, site: word.site }, item }],
  );
};

/** Finds by kind and name; the index is made at the first question. */
const grouped = <T extends SymbolDefinition | SymbolReference>(
  symbols: readonly T[],
): ((kind: SymbolKind, name: string) => readonly T[]) => {
  const index = once(() => {
    const found = new Map<string, T[]>();
    for (const symbol of symbols) {
      const key = `${symbol.kind} ${symbol.name.value}`;
      const list = found.get(key);
      if (list === undefined) found.set(key, [symbol]);
      else list.push(symbol);
    }
    return found;
  });
  return (kind, name) => index().get(`${kind} ${name}`) ?? [];
};
