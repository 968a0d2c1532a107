/** The words of an item that the daemon would refuse, for the targeted version. */
import type { Argument, Keyword, Version } from "../../grammar/vocabulary/types.ts";
import { checkValue, type ValueCheck } from "../../grammar/vocabulary/values.ts";
import { knownIn } from "../../grammar/vocabulary/version.ts";
import { foreignCommentIn, hasInvisible, hasSmartQuotes } from "./characters.ts";
import { isLeftover } from "./leftover.ts";
import { argumentsOf, type ReadArgument } from "../model/node/arguments.ts";
import { itemsOf, type ConfigItem } from "../model/node/items.ts";
import { remembered } from "../model/node/remembered.ts";
import type { Note } from "./finding.ts";
import { placeOf, shown } from "./wording.ts";

export type WrongKind = Exclude<ValueCheck["kind"], "ok" | "unknown">;

export interface WrongValue<Kind extends WrongKind = WrongKind> extends ReadArgument {
  readonly check: Extract<ValueCheck, { readonly kind: Kind }>;
}

/** Values of an item with one of the wanted faults. What cannot be known is never among them. */
export function* wrongValues<Kind extends WrongKind>(
  item: ConfigItem,
  version: Version,
  kinds: readonly Kind[],
  wanted: (argument: Argument) => boolean = () => true,
): Generator<WrongValue<Kind>> {
  for (const wrong of faultsIn(item, version)) {
    const { check } = wrong;
    if ((kinds as readonly string[]).includes(check.kind) && wanted(wrong.argument))
      yield { ...wrong, check: check as WrongValue<Kind>["check"] };
  }
}

const faultsIn = (item: ConfigItem, version: Version): readonly WrongValue[] => {
  if (item.entry === undefined || !knownIn(item.entry, version)) return none;
  let found: WrongValue[] | undefined;
  for (const read of argumentsOf(item).values) {
    if (!knownIn(read.row, version)) continue;
    const check = checkValue(read.word.value, read.argument, version);
    if (check.kind === "ok" || check.kind === "unknown") continue;
    // An invisible character, a foreign sign or comment, a placeholder is the cause, not the value.
    if (!isForeign(read.word.value) && endSign(read) === undefined) (found ??= []).push({ ...read, check });
  }
  return found ?? none;
};

const none: readonly WrongValue[] = [];

/** What stands in a block of the top level with a value that the version would refuse: a dozen rules ask, each for its own kinds. */
export const wrongItems = (block: ConfigItem, version: Version): readonly ConfigItem[] => {
  const known = byVersion.get(version);
  if (known !== undefined) return known(block);
  const made = remembered((top: ConfigItem) => itemsOf(top).filter((item) => faultsIn(item, version).length > 0));
  byVersion.set(version, made);
  return made(block);
};

const byVersion = new Map<Version, (block: ConfigItem) => readonly ConfigItem[]>();

/** Texts in which a semicolon or a comma may be meant. */
const freeText: ReadonlySet<Argument["type"]> = new Set(["string", "password", "path", "script"]);

const endSigns = [";", ","];

/** The `;` or `,` with which a value ends in other languages. */
export const endSign = ({ word, argument }: ReadArgument): string | undefined =>
  word.quoted || word.value.length < 2 || freeText.has(argument.type) ? undefined : endSigns.find((sign) => word.value.endsWith(sign));

const isForeign = (text: string): boolean =>
  text === "=" || text === ":" || isLeftover(text) || hasInvisible(text) || hasSmartQuotes(text) || foreignCommentIn(text) !== undefined;

/** The value with the word it belongs to, as messages name it: "priority 300"; a secret is only called that. */
export const namedValue = ({ word, name, row }: ReadArgument): string => {
  // A misplaced word of such a line may be the secret itself.
  if (row.args.some(({ type }) => type === "password")) return `a value of ${name.value}`;
  return name.site.span.start === word.site.span.start ? shown(word.value) : `${shown(name.value)} ${shown(word.value)}`;
};

/** What a refused value means for a block that cannot do without: it is as if the line were not there. */
export const withoutIt = (item: ConfigItem, row: Keyword): readonly Note[] =>
  row.required === true && row.kind === "statement" && item.parent !== undefined
    ? [{ message: `${placeOf(item)} is then without ${row.name}` }]
    : [];
