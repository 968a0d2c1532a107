/** Where a word is a keyword, for the targeted version: what unknown, misplaced, removed and too new are told apart by. */
import { contextsOf, lookup } from "../../grammar/vocabulary/index.ts";
import type { ContextId, Keyword, Version } from "../../grammar/vocabulary/types.ts";
import { compareVersions, knownIn } from "../../grammar/vocabulary/version.ts";

export interface PlacedKeyword {
  readonly context: ContextId;
  readonly row: Keyword;
}

/** Every place in which a word begins a line of its own (options within a line are no keywords in this sense). */
export const placesOf = (word: string): readonly PlacedKeyword[] =>
  contextsOf(word).flatMap((context) => {
    const row = lookup(context, word);
    return row === undefined || row.kind === "entry-option" ? [] : [{ context, row }];
  });

export const isRemoved = ({ removed }: Keyword, version: Version): boolean =>
  removed !== undefined && compareVersions(version, removed) >= 0;

export const isTooNew = ({ since }: Keyword, version: Version): boolean => since !== undefined && compareVersions(version, since) < 0;

/** Why a word is not understood somewhere. */
export type WhyUnknown =
  | { readonly kind: "nowhere" }
  | { readonly kind: "elsewhere"; readonly places: readonly PlacedKeyword[] }
  | { readonly kind: "removed"; readonly row: Keyword }
  | { readonly kind: "too-new"; readonly row: Keyword };

/** Judges a word that is no keyword where it stands. */
export const whyUnknown = (word: string, version: Version): WhyUnknown => {
  const places = placesOf(word);
  const known = places.filter(({ row }) => knownIn(row, version));
  if (known.length > 0) return { kind: "elsewhere", places: known };
  const removed = places.find(({ row }) => isRemoved(row, version));
  if (removed !== undefined) return { kind: "removed", row: removed.row };
  return places[0] === undefined ? { kind: "nowhere" } : { kind: "too-new", row: places[0].row };
};
