/** Pieces of sentences that messages share. */
import type { ContextId } from "../../grammar/vocabulary/types.ts";
import type { ConfigItem } from "../model/node/items.ts";
import type { VirtualServer } from "../model/node/model.ts";
import { nameInLog } from "../model/node/virtual-servers.ts";
import type { Note } from "./finding.ts";

const longest = 60;

/** A word of the user as messages show it: one line, not endless, and not invisible when there is nothing in it. */
export const shown = (word: string): string => (word === "" ? '""' : word.length > longest ? `${word.slice(0, longest)}…` : word);

/** "a", "a and b", "a, b and c"; of more than `limit` words the rest is counted: "a, b, c and 4 more". */
export const list = (words: readonly string[], joint: "and" | "or" = "and", limit = 8): string => {
  if (words.length > limit) return `${words.slice(0, limit - 1).join(", ")} ${joint} ${words.length - limit + 1} more`;
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${joint} ${last}`;
};

/** "1 brace", "2 braces". */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;

/** What was probably meant, as the end of a message; nothing when nobody knows. */
export const didYouMean = (nearest: string | undefined): string => (nearest === undefined ? "" : `; did you mean ${nearest}?`);

/** Allowed values: "1 to 255", "at least 1", "at most 15". */
export const bounds = (min: number | undefined, max: number | undefined): string => {
  if (min === undefined) return `at most ${plain(max ?? 0)}`;
  // Where the limit is only the size of the daemon's variable, the lower end is all that can matter.
  if (max === undefined || max >= 2 ** 31 - 1) return `at least ${plain(min)}`;
  return `${plain(min)} to ${plain(max)}`;
};

/** A number without an exponent. */
const plain = (value: number): string => (Math.abs(value) < 1e-4 && value !== 0 ? value.toFixed(6) : String(value));

/** The word that opens the block of a context: "TCP_CHECK", "the top level". */
const blockName = (context: ContextId): string => (context === "" ? "the top level" : context.slice(context.lastIndexOf("/") + 1));

/** Several contexts by their words, each once. */
export const blockNames = (contexts: readonly ContextId[]): readonly string[] => [...new Set(contexts.map(blockName))];

/** A block with its name: "vrrp_instance VI_1", "TCP_CHECK". */
export const blockTitle = (item: ConfigItem): string => shown([item.keyword, ...item.args].map(({ value }) => value).join(" "));

/** Where an item stands: "vrrp_instance VI_1", "the top level". */
export const placeOf = (item: ConfigItem): string => (item.parent === undefined ? "the top level" : blockTitle(item.parent));

/** "in vrrp_instance VI_1", "at the top level". */
export const inPlace = (item: ConfigItem): string => (item.parent === undefined ? "at the top level" : `in ${placeOf(item)}`);

/** How a virtual server is called in the daemon's log, so that its lines can be found: once it is checked, or still while it is read. */
export const logNote = (virtualServer: VirtualServer, whileReading = false): readonly Note[] => {
  const name = nameInLog(virtualServer, whileReading);
  return name === undefined ? [] : [{ message: `the log of keepalived calls this service ${name}` }];
};
