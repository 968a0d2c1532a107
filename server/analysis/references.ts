/** Names that are used and defined nowhere: the same question for every kind of thing a configuration can define. */
import { nearestWord } from "../../grammar/vocabulary/nearest.ts";
import type { SymbolKind } from "../../grammar/vocabulary/types.ts";
import type { Configuration } from "../model/node/model.ts";
import { hasUnreadIncludes, isSwallowed, isTemplate } from "../model/node/lost.ts";
import type { SymbolReference } from "../model/node/symbols.ts";
import type { RuleFinding } from "./rule.ts";
import { didYouMean, placeOf, shown } from "./wording.ts";

/** Looking for near words takes time for each of them. */
const mostCandidates = 200;

export interface UndefinedReference extends SymbolReference {
  /** A defined name that is nearly the same. */
  readonly nearest?: string;
}

/**
 * References of a kind without a definition anywhere in the configuration. None where part of it could not be read.
 * `within` names the blocks whose lines are meant.
 */
export const undefinedReferences = (
  configuration: Configuration,
  kind: SymbolKind,
  within: readonly string[],
): readonly UndefinedReference[] => {
  if (isTemplate(configuration) || hasUnreadIncludes(configuration) || configuration.symbols.hasUnknown(kind)) return [];
  const defined = new Set(configuration.symbols.definitions.filter((definition) => definition.kind === kind).map(({ name }) => name.value));
  return configuration.symbols.references.flatMap((reference) => {
    const { item, name } = reference;
    if (reference.kind !== kind || defined.has(name.value) || isSwallowed(item)) return [];
    if (!within.includes(item.parent?.keyword.value ?? "")) return [];
    const nearest = defined.size > mostCandidates ? undefined : nearestWord(name.value, defined);
    return [nearest === undefined ? reference : { ...reference, nearest }];
  });
};

/** What is tracked and not defined, told: `definition` is the block that is missing, `so` what follows. */
export const untrackable = (
  configuration: Configuration,
  kind: SymbolKind,
  { within, definition, so }: { readonly within: readonly string[]; readonly definition: string; readonly so: string },
): readonly RuleFinding[] =>
  undefinedReferences(configuration, kind, within).map(({ name, item, nearest }) => ({
    at: name.site,
    message: `${shown(name.value)} is tracked by ${placeOf(item.parent ?? item)}, and no ${definition} has that name: ${so}${didYouMean(nearest)}`,
  }));
