/**
 * What a lost brace, an unread include or a template does to the items around it: such items are not what somebody
 * wrote, so nothing is said about them beyond the cause.
 */
import { lookup } from "../../../grammar/vocabulary/index.ts";
import { holdsSign } from "../../../grammar/template/render.ts";
import { madeName } from "../../../grammar/template/template.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import type { Site } from "../../../grammar/text.ts";
import { walkItems, type ConfigItem, type ConfigTree } from "./items.ts";
import type { Configuration } from "./model.ts";
import { remembered } from "./remembered.ts";

/** Whether the text is a template's source: its braces are not keepalived's. */
export const isTemplate = ({ source }: Configuration): boolean => source.isTemplate();

/** `~SEQ(…)` that came out of a definition and stayed as it is. */
export const isUnreadSequence = ({ keyword }: ConfigItem): boolean =>
  keyword.site.via?.kind === "definition" && /^~(?:SEQx?|LST)\b/u.test(keyword.value);

/** `priority ${PRIO}` whose definition nobody knows: the braces belong to the name. A sequence that nobody reads is none either. */
export const isPlaceholder = (item: ConfigItem): boolean => isUnreadSequence(item) || isUnknownName(item);

const isUnknownName = ({ kind, keyword, args }: ConfigItem): boolean =>
  (kind === "block" && (args.at(-1) ?? keyword).value.endsWith("$")) || isUnexpanded(keyword.value);

/**
 * A line in a list block that is a keyword of the block around: the list lost its closing brace before it. What is an option
 * of the list as well (`priority` of a route) may be a line whose beginning is missing.
 */
export const isSwallowed = ({ keyword, parent, entry, context }: ConfigItem): boolean =>
  entry?.kind === "entry-option" &&
  (parent?.close === undefined || lookup(context ?? "", keyword.value) === undefined) &&
  parent?.context !== undefined &&
  parent.entry?.kind === "list-block" &&
  !keyword.quoted &&
  lookup(parent.context, keyword.value) !== undefined;

/** A block keyword that stands there without any brace. */
export const lacksBrace = ({ kind, entry }: ConfigItem): boolean =>
  kind === "statement" && entry !== undefined && (entry.kind === "block" || entry.kind === "named-block" || entry.kind === "list-block");

/** `vrrp_instance VI_1 (`: brackets of another kind, where keepalived knows braces only. */
export const opensWithBracket = ({ args, entry }: ConfigItem): boolean => {
  const last = args.at(-1);
  const isBlock = entry?.kind === "block" || entry?.kind === "named-block" || entry?.kind === "list-block";
  return isBlock && last?.quoted === false && (last.value === "(" || last.value === "[");
};

/** The line that closes such brackets. */
export const closesBracket = ({ keyword, args, parent }: ConfigItem): boolean =>
  parent !== undefined && args.length === 0 && !keyword.quoted && /^[)\]]$/u.test(keyword.value) && opensWithBracket(parent);

/** A `}` at top level, and what was read as top level because of it. */
export interface EarlyEnd {
  readonly braces: readonly Site[];
  /** Items before the brace that are no top-level words: they belong to the block that ended too early. */
  readonly items: readonly ConfigItem[];
  /** The block that ended too early: the last one before the brace that belongs to the top level. */
  readonly block?: ConfigItem;
}

/** What lost braces did to a tree. */
export interface Damage {
  readonly earlyEnds: readonly EarlyEnd[];
  /** Blocks that ended too early. */
  readonly cut: ReadonlySet<ConfigItem>;
  /** Items that are unknown where they stand only because a brace was lost before them. */
  readonly derailed: ReadonlySet<ConfigItem>;
}

/** Looks for the damage at the first question. */
export const damageIn = (tree: ConfigTree): (() => Damage) => {
  let found: Damage | undefined;
  return () => {
    if (found !== undefined) return found;
    const ends = earlyEnds(tree);
    found = { earlyEnds: ends, cut: new Set(ends.flatMap(({ block }) => block ?? [])), derailed: derailedItems(tree, ends) };
    return found;
  };
};

/** Braces that close nothing; those with nothing but stray words between them are told together. */
const earlyEnds = ({ items, problems }: ConfigTree): readonly EarlyEnd[] => {
  const found: { braces: Site[]; items: ConfigItem[]; block?: ConfigItem }[] = [];
  let at = 0;
  for (const { kind, site } of problems) {
    if (kind !== "extra-close") continue;
    const stray: ConfigItem[] = [];
    let block: ConfigItem | undefined;
    for (; at < items.length; at++) {
      const item = items[at]!;
      if (item.site.file !== site.file || item.site.span.start >= site.span.start) break;
      if (item.entry === undefined) stray.push(item);
      else if (item.kind === "block") {
        block = item;
        stray.length = 0;
      }
    }
    const last = found.at(-1);
    if (block === undefined && last !== undefined) {
      last.braces.push(site);
      last.items.push(...stray);
    } else found.push({ braces: [site], items: stray, ...(block === undefined ? {} : { block }) });
  }
  return found;
};

const derailedItems = (tree: ConfigTree, ends: readonly EarlyEnd[]): ReadonlySet<ConfigItem> => {
  const found = new Set<ConfigItem>();
  for (const { items } of ends) for (const item of items) found.add(item);
  const visit = (siblings: readonly ConfigItem[]): boolean => {
    let lost = false;
    for (const item of siblings) {
      if (lost && item.entry === undefined) found.add(item);
      if (lacksBrace(item) || visit(item.items)) lost = true;
    }
    return lost;
  };
  // At top level the blocks recover by themselves.
  for (const item of tree.items) visit(item.items);
  return found;
};

/** Whether something of the block may stand where nobody has read it: an unread include, an unclosed block, a template, `@id` lines. */
export const mayHoldMore = (configuration: Configuration, block: ConfigItem): boolean => holdersOfMore(configuration)(block);

const holdersOfMore = remembered((configuration: Configuration) =>
  remembered((block: ConfigItem): boolean => isOpenEnded(configuration, block)),
);

const isOpenEnded = (configuration: Configuration, block: ConfigItem): boolean => {
  const { expansion, source } = configuration;
  if (block.close === undefined || block.open === undefined || isTemplate(configuration)) return true;
  if (hasUnreadIncludes(configuration) || configuration.damage().cut.has(block)) return true;
  if (expansion.configId === undefined && source.hasDroppedLines(block.site)) return true;
  const isOpen = (item: ConfigItem): boolean =>
    lacksBrace(item) || isSwallowed(item) || isUnknownLine(item, block) || item.items.some(isOpen);
  return block.items.some(isOpen);
};

/** Whether there are lines that nobody has read: an include named something that was not there, a template puts something in. */
export const hasUnreadIncludes = ({ expansion: { includes }, tree }: Configuration): boolean =>
  includes.some(({ matches, unreadable }) => matches.files.length === 0 || unreadable.length > 0) || hasUnknownLines(tree.items);

/** A value of a template where a keyword should be: it may stand for any number of lines. In a list it is an entry. */
const hasUnknownLines = remembered((items: readonly ConfigItem[]): boolean =>
  walkItems(items).some((item) => holdsSign(item.keyword.value) && !isEntry(item)),
);

/** A definition that nobody knows may hold a brace as well; a value in a list within the block is one of its entries, or several. */
const isUnknownLine = (item: ConfigItem, block: ConfigItem): boolean =>
  isUnexpanded(item.keyword.value) && !(holdsSign(item.keyword.value) && isEntry(item) && item.parent !== block);

const isEntry = ({ entry, parent }: ConfigItem): boolean => entry?.kind === "entry-option" || parent?.entry?.kind === "list-block";

/**
 * A file of a `.d` folder, read on its own: what includes it, and the files beside it, may hold the rest. So may those beside a
 * template that is not named after the whole configuration.
 */
export const isFragment = ({ file }: Configuration): boolean => /\.d\/[^/]+$/u.test(file) || isPartOfTemplate(file);

const isPartOfTemplate = (file: string): boolean => madeName(file) !== undefined && !/keepalived[^/]*$/iu.test(file);

/** Whether a block really lacks a keyword: it is not there, not misspelt, and could not have been read elsewhere. */
export const lacks = (configuration: Configuration, block: ConfigItem, ...names: readonly string[]): boolean =>
  !block.items.some((item) => isMeant(item, names)) && !mayHoldMore(configuration, block);

/** The keyword itself, one that is misspelt or glued to something (`priority=150`), or one lost on another one's line. */
const isMeant = ({ keyword, args, entry }: ConfigItem, names: readonly string[]): boolean => {
  if (names.includes(keyword.value) || args.some(({ value, quoted }) => !quoted && names.includes(value))) return true;
  if (entry !== undefined) return false;
  const glued = /^[a-z_]{2,40}(?![a-z_0-9])/iu.exec(keyword.value)?.[0];
  return nearestWord(keyword.value, names) !== undefined || (glued !== undefined && names.includes(glued));
};
