/**
 * The vocabulary: which keyword means what in which block. The rows are in blocks/; those of a block are made when it is
 * first asked for, and so are the tables over them, so that importing costs next to nothing.
 */
import { staticAddresses } from "./blocks/addresses.ts";
import { checkers } from "./blocks/checkers.ts";
import { globalDefs } from "./blocks/global-defs.ts";
import { root } from "./blocks/root.ts";
import { routeContexts, staticRoutes } from "./blocks/routes.ts";
import { ruleContext, staticRules } from "./blocks/rules.ts";
import { trackFiles, vrrpScript, vrrpTrackProcess } from "./blocks/scripts.ts";
import { trackGroup, vrrpSyncGroup } from "./blocks/sync-group.ts";
import { realServer, virtualServer, virtualServerGroup } from "./blocks/virtual-server.ts";
import { vrrpInstance } from "./blocks/vrrp-instance.ts";
import type { Context, ContextId, Keyword } from "./types.ts";

export { distros, newestVersion, versions } from "./releases.ts";

/** Makers of contexts by the beginning of their ids, at most two words long; "" makes the top level and what is small. */
const families: ReadonlyMap<string, () => readonly Context[]> = new Map([
  ["", () => [...root(), ...trackFiles(), ...trackGroup()]],
  ["global_defs", globalDefs],
  ["vrrp_instance", vrrpInstance],
  ["vrrp_instance/virtual_routes", () => routeContexts("vrrp_instance/virtual_routes")],
  ["vrrp_instance/virtual_rules", () => [ruleContext("vrrp_instance/virtual_rules")]],
  ["vrrp_sync_group", vrrpSyncGroup],
  ["vrrp_script", () => [vrrpScript()]],
  ["vrrp_track_process", () => [vrrpTrackProcess()]],
  ["static_ipaddress", () => [staticAddresses()]],
  ["static_routes", staticRoutes],
  ["static_rules", () => [staticRules()]],
  ["virtual_server", () => [virtualServer()]],
  ["virtual_server_group", () => [virtualServerGroup()]],
  ["virtual_server/real_server", () => [realServer(), ...checkers()]],
]);

/** The family a context belongs to. */
const familyOf = (id: ContextId): string => {
  const [first = "", second] = id.split("/", 2);
  const both = second === undefined ? first : `${first}/${second}`;
  return families.has(both) ? both : families.has(first) ? first : "";
};

/** What was made so far: filled once per family and never changed, since rows are constant. */
const made = new Map<string, ReadonlyMap<ContextId, Context>>();
const asked = new Map<ContextId, Context>();
const wordsOf = new Map<ContextId, ReadonlyMap<string, Keyword>>();
let placesOf: ReadonlyMap<string, readonly ContextId[]> | undefined;

const family = (name: string): ReadonlyMap<ContextId, Context> => {
  const known = made.get(name);
  if (known !== undefined) return known;
  const contexts = families.get(name)?.() ?? [];
  const byId = new Map(contexts.map((each) => [each.id, each] as const));
  made.set(name, byId);
  return byId;
};

/** The context of that id ("" is the top level); undefined for a place nothing is known about. */
export const context = (id: ContextId): Context | undefined => {
  const known = asked.get(id);
  if (known !== undefined) return known;
  const found = family(familyOf(id)).get(id);
  // Only what there is: ids that a text makes up are without number.
  if (found !== undefined) asked.set(id, found);
  return found;
};

/** The keyword of that name in a context; undefined when the word is not valid there. */
export const lookup = (contextId: ContextId, word: string): Keyword | undefined => {
  let words = wordsOf.get(contextId);
  if (words === undefined) {
    const found = context(contextId);
    if (found === undefined) return undefined;
    words = new Map(found.keywords.map((keyword) => [keyword.name, keyword] as const));
    wordsOf.set(contextId, words);
  }
  return words.get(word);
};

/** Every place with a set of keywords, the top level first. */
export const allContexts = (): readonly Context[] => [...families.keys()].flatMap((name) => [...family(name).values()]);

/** The context of a block's inside. It exists only for keywords that open one. */
export const childContext = (contextId: ContextId, keyword: Keyword | string): ContextId => {
  const name = typeof keyword === "string" ? keyword : keyword.name;
  return contextId === "" ? name : `${contextId}/${name}`;
};

const makePlaces = (): ReadonlyMap<string, readonly ContextId[]> => {
  const places = new Map<string, ContextId[]>();
  for (const { id, keywords } of allContexts()) {
    for (const { name } of keywords) {
      const known = places.get(name);
      if (known === undefined) places.set(name, [id]);
      else known.push(id);
    }
  }
  return places;
};

/** Where a word is valid; empty for an unknown one. The first call makes the whole vocabulary. */
export const contextsOf = (word: string): readonly ContextId[] => (placesOf ??= makePlaces()).get(word) ?? [];

/** Every row with its context: keywords, the entries of list blocks, and the forms of headers. */
export const allKeywords = (): readonly { readonly contextId: ContextId; readonly keyword: Keyword }[] =>
  allContexts().flatMap(({ id, keywords, entry, forms = [] }) =>
    [...(entry === undefined ? [] : [entry]), ...keywords, ...forms].map((keyword) => ({ contextId: id, keyword })),
  );

/**
 * Whether the word opens a block that is valid at top level and nowhere else: where it stands inside another block, that
 * one was left open.
 */
export const isRootOnlyBlock = (word: string): boolean => {
  const keyword = lookup("", word);
  return keyword !== undefined && keyword.kind !== "statement" && contextsOf(word).length === 1;
};
