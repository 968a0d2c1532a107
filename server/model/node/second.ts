/** Words that would have been a line of their own: keepalived reads one statement, or one entry, to a line. */
import { childContext, context, lookup } from "../../../grammar/vocabulary/index.ts";
import { checkValue } from "../../../grammar/vocabulary/values.ts";
import { argumentsOf, isListLine, type ReadArgument } from "./arguments.ts";
import type { ConfigItem, ConfigWord } from "./items.ts";

/** A word behind an entry that would be an entry itself: `10.0.0.1 10.0.0.2`. Only addresses can be told from stray words. */
export const isSecondEntry = (item: ConfigItem, word: ConfigWord): boolean => {
  const first = item.context === undefined ? undefined : context(item.context)?.entry?.args[0];
  return first !== undefined && first.type.startsWith("address") && checkValue(word.value, first).kind === "ok";
};

/** The first word of an item's line that should stand on a line of its own; undefined when there is none. */
export const secondOnLine = (item: ConfigItem): ConfigWord | undefined => {
  const { entry, context: place } = item;
  if (entry === undefined || place === undefined) return undefined;
  // `state BACKUP interface eth0 virtual_ipaddress {`: the brace belongs to a word that is lost with the line.
  if (item.kind === "block" && entry.kind === "statement")
    return item.args.slice(1).find(({ quoted, value }) => !quoted && isLineWord(place, value));
  const { extra, values } = argumentsOf(item);
  if (isListLine(item)) return extra.find((word) => isSecondEntry(item, word));
  // Nearly every line.
  if (extra.length === 0 && !values.some(isAccount)) return undefined;
  const inner = item.kind === "block" ? childContext(place, item.keyword.value) : undefined;
  const begins = ({ quoted, value }: ConfigWord): boolean =>
    !quoted && (isLineWord(place, value) || (inner !== undefined && isLineWord(inner, value)));
  // The user a script runs as could be any word, but hardly a keyword of the block.
  const taken = values.filter(isAccount).map(({ word }) => word);
  return [...taken, ...extra].find(begins);
};

const isAccount = ({ argument: { type } }: ReadArgument): boolean => type === "user" || type === "group";

/** The keywords that are lost with the rest of the line, the first of them included. */
export const lostOnLine = (item: ConfigItem, second: ConfigWord): readonly ConfigWord[] => {
  const place = item.context;
  const behind = item.args.slice(item.args.indexOf(second) + 1);
  return isListLine(item) || place === undefined
    ? [second]
    : [second, ...behind.filter(({ quoted, value }) => !quoted && isLineWord(place, value))];
};

const isLineWord = (place: string, word: string): boolean => {
  const row = lookup(place, word);
  return row !== undefined && row.kind !== "entry-option";
};
