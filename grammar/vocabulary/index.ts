/**
 * The vocabulary: which keyword means what in which block. Rows are plain data in blocks/; the tables over them are made
 * on the first question, so that importing costs next to nothing.
 */
import { staticAddresses } from "./blocks/addresses.ts";
import { checkers } from "./blocks/checkers.ts";
import { globalDefs } from "./blocks/global-defs.ts";
import { root } from "./blocks/root.ts";
import { staticRoutes } from "./blocks/routes.ts";
import { staticRules } from "./blocks/rules.ts";
import { trackFiles, vrrpScript, vrrpTrackProcess } from "./blocks/scripts.ts";
import { trackGroup, vrrpSyncGroup } from "./blocks/sync-group.ts";
import { virtualServer } from "./blocks/virtual-server.ts";
import { vrrpInstance } from "./blocks/vrrp-instance.ts";
import type { Context, ContextId, Keyword } from "./types.ts";

export { type Distro, distros, newestVersion, versions } from "./releases.ts";

/** Every place with a set of keywords, the top level first. */
export const contexts: readonly Context[] = [
  ...root,
  ...globalDefs,
  ...vrrpInstance,
  ...vrrpSyncGroup,
  vrrpScript,
  vrrpTrackProcess,
  ...trackFiles,
  ...trackGroup,
  staticAddresses,
  ...staticRoutes,
  staticRules,
  ...virtualServer,
  ...checkers,
];

interface Tables {
  readonly byId: ReadonlyMap<ContextId, { readonly context: Context; readonly words: ReadonlyMap<string, Keyword> }>;
  readonly byWord: ReadonlyMap<string, readonly ContextId[]>;
}

const makeTables = (): Tables => {
  const byWord = new Map<string, ContextId[]>();
  const byId = new Map(
    contexts.map((context) => {
      for (const { name } of context.keywords) {
        const places = byWord.get(name);
        if (places === undefined) byWord.set(name, [context.id]);
        else places.push(context.id);
      }
      return [context.id, { context, words: new Map(context.keywords.map((keyword) => [keyword.name, keyword])) }] as const;
    }),
  );
  return { byId, byWord };
};

let made: Tables | undefined;
const tables = (): Tables => (made ??= makeTables());

/** The context of that id ("" is the top level); undefined for a place nothing is known about. */
export const context = (id: ContextId): Context | undefined => tables().byId.get(id)?.context;

/** The keyword of that name in a context; undefined when the word is not valid there. */
export const lookup = (contextId: ContextId, word: string): Keyword | undefined => tables().byId.get(contextId)?.words.get(word);

/** The context of a block's inside. It exists only for keywords that open one. */
export const childContext = (contextId: ContextId, keyword: Keyword | string): ContextId => {
  const name = typeof keyword === "string" ? keyword : keyword.name;
  return contextId === "" ? name : `${contextId}/${name}`;
};

/** Where a word is valid; empty for an unknown one. */
export const contextsOf = (word: string): readonly ContextId[] => tables().byWord.get(word) ?? [];

/** Every row with its context: keywords, the entries of list blocks, and the forms of headers. */
export const allKeywords = (): readonly { readonly contextId: ContextId; readonly keyword: Keyword }[] =>
  contexts.flatMap(({ id, keywords, entry, forms = [] }) =>
    [...(entry === undefined ? [] : [entry]), ...keywords, ...forms].map((keyword) => ({ contextId: id, keyword })),
  );

/** Whether the word opens a block that is valid at top level and nowhere else: where it stands, a block before was left open. */
export const isRootOnlyBlock = (word: string): boolean => {
  const places = contextsOf(word);
  const keyword = places.length === 1 && places[0] === "" ? lookup("", word) : undefined;
  return keyword !== undefined && keyword.kind !== "statement";
};
