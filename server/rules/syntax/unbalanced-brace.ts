import { madeName } from "../../../grammar/template/template.ts";
import type { Site } from "../../../grammar/text.ts";
import { contextsOf } from "../../../grammar/vocabulary/index.ts";
import type { Note } from "../../analysis/finding.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, placeOf, shown } from "../../analysis/wording.ts";
import { walkItems, type ConfigItem, type ConfigTree } from "../../model/node/items.ts";
import { isFragment, isSwallowed, isTemplate, lacksBrace, opensWithBracket, type EarlyEnd } from "../../model/node/lost.ts";
import type { Source } from "../../model/node/source.ts";

export default defineRule({
  id: "unbalanced-brace",
  summary: "A `}` too few or too many: keepalived reads what follows as part of the wrong block.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3000", "keepalived v2.4.3 lib/parser.c:3370"],
  subject: "configuration",

  *check(configuration) {
    const { tree, source } = configuration;
    if (tree.problems.length === 0 || isTemplate(configuration)) return;
    // A template may write a block in pieces.
    if (madeName(configuration.file) !== undefined && isFragment(configuration)) return;
    // A quote that swallows a brace is the cause, not the brace.
    if (tree.problems.some(({ kind, detail }) => kind === "unterminated-quote" && /[{}]/u.test(detail))) return;
    // A block keyword without its `{` leaves a `}` over: told there.
    const early = configuration.damage().earlyEnds.filter(({ block, items }) => {
      const around = [...(block === undefined ? [] : [block]), ...items];
      return !around.some((item) => [...walkItems([item])].some(lacksBrace));
    });
    const late = new Set<EarlyEnd>();
    for (const open of unclosed(tree)) {
      // Brackets of another kind are told as that.
      if (opensWithBracket(open.block)) continue;
      // The `}` that is missing before the next block stands behind it.
      const closing = early.find((end) => !late.has(end) && isClosingOf(open, end));
      if (closing !== undefined) late.add(closing);
      yield openFinding(open, source, closing?.braces[0]);
    }
    for (const end of early) if (!late.has(end)) yield earlyFinding(end, source);
  },
});

interface Unclosed {
  readonly block: ConfigItem;
  readonly count: number;
  /** The block that begins before this one is closed; absent at the end of the file. */
  readonly next?: ConfigItem;
}

/** Blocks that are still open where another begins that is none of theirs, or at the end: each place once. */
const unclosed = ({ items, problems }: ConfigTree): readonly Unclosed[] => {
  const byPlace = new Map<string, number>();
  const key = (site: Site): string => `${site.file}\n${site.span.start}`;
  for (const { kind, other } of problems)
    if (kind === "unclosed-block" && other !== undefined) byPlace.set(key(other), (byPlace.get(key(other)) ?? 0) + 1);
  const among = (siblings: readonly ConfigItem[], around?: ConfigItem): readonly Unclosed[] =>
    siblings.flatMap((block, index): readonly Unclosed[] => {
      if (block.kind !== "block") return [];
      const inside = among(block.items, block);
      if (block.close !== undefined) return inside;
      const next = siblings[index + 1];
      const here = next === undefined ? undefined : byPlace.get(key(next.site));
      if (next !== undefined && here !== undefined) return [...inside, { block, next, count: here }];
      // The last child of a block that is open as well: told there.
      const isLast = next === undefined && around !== undefined && around.close === undefined;
      return isLast ? inside : [...inside, { block, count: openDepth(block) }];
    });
  return among(items);
};

/** How many blocks are open at the end of a block that is: itself, and its last child as long as that is open too. */
const openDepth = (block: ConfigItem): number => {
  const last = block.items.at(-1);
  return 1 + (last?.kind === "block" && last.close === undefined ? openDepth(last) : 0);
};

const isClosingOf = ({ next, count }: Unclosed, { braces: [brace, ...others], items }: EarlyEnd): boolean =>
  next !== undefined &&
  count === 1 &&
  brace !== undefined &&
  others.length + items.length === 0 &&
  brace.file === next.site.file &&
  brace.span.start > next.site.span.start;

const openFinding = ({ block, next, count }: Unclosed, source: Source, late?: Site): RuleFinding => {
  const missing = late !== undefined ? "its } stands too far down" : count === 1 ? "a } is missing" : `${count} } are missing`;
  // A list has no name of its own: whose it is helps to find it.
  const title = blockTitle(block) + (block.parent !== undefined && block.args.length === 0 ? ` of ${blockTitle(block.parent)}` : "");
  const swallowed = [...walkItems(block.items)].find(isSwallowed);
  if (swallowed?.parent !== undefined)
    return {
      at: swallowed.keyword.site,
      message: `${swallowed.parent.keyword.value} of ${placeOf(swallowed.parent)} is not closed before ${shown(swallowed.keyword.value)}: ${missing}`,
      notes: [
        {
          message: `${swallowed.parent.keyword.value} is opened here; keepalived reads what follows as part of it`,
          at: swallowed.parent.keyword.site,
        },
        ...(next === undefined ? [] : [{ message: `to keepalived ${title} is still open here`, at: next.keyword.site }]),
      ],
    };
  return {
    at: next === undefined ? block.keyword.site : next.keyword.site,
    message:
      next === undefined ? `${title} is never closed: ${missing}` : `${blockTitle(next)} begins before ${title} is closed: ${missing}`,
    notes: [
      ...(next === undefined
        ? []
        : [{ message: `${title} is opened here; keepalived reads all that follows as part of it`, at: block.keyword.site }]),
      ...(late === undefined ? whereLost(block, source) : [{ message: "this } closes nothing", at: late }]),
    ],
  };
};

/** By its content or by the indentation of braces: which block inside was probably meant to end, and where. */
const whereLost = (block: ConfigItem, source: Source): readonly Note[] => {
  const inside = [...walkItems(block.items)];
  for (const item of inside) {
    const meant = strangeEnd(item, source);
    if (meant !== undefined)
      return [
        {
          message: `probably lost in ${blockTitle(item)}: the } that ends it is indented for ${blockTitle(meant)}`,
          at: item.close ?? item.site,
        },
      ];
  }
  return [];
};

/** The block around for which the `}` of this one is indented. */
const strangeEnd = (item: ConfigItem, source: Source): ConfigItem | undefined => {
  const closing = item.close === undefined ? undefined : source.indentation(item.close);
  const own = source.indentation(item.site);
  if (closing === undefined || own === undefined || closing === own) return undefined;
  for (let around = item.parent; around !== undefined; around = around.parent)
    if (source.indentation(around.site) === closing) return around;
  return undefined;
};

const earlyFinding = ({ braces, items, block }: EarlyEnd, source: Source): RuleFinding => {
  const [first] = items;
  const brace = braces[0]!;
  const many = braces.length === 1 ? "a } too many" : `${braces.length} } too many`;
  const strange = block === undefined ? undefined : earlyClose(block, source);
  const notes: Note[] = [];
  if (strange !== undefined) notes.push({ message: "probably this one: it is not indented like the block it ends", at: strange });
  else if (first !== undefined && block?.close !== undefined) notes.push({ message: `this } ends ${blockTitle(block)}`, at: block.close });
  if (first === undefined) return { at: brace, message: `this } closes nothing: there is ${many}`, notes };
  if (block === undefined) {
    const home = homeOf(items);
    return {
      at: first.keyword.site,
      message: `${shown(first.keyword.value)} stands in no block: the line that opens ${home ?? "it"} is missing`,
      notes: [{ message: "this } closes nothing", at: brace }],
    };
  }
  return {
    at: first.keyword.site,
    message: `${blockTitle(block)} has ended before ${shown(first.keyword.value)}: there is ${many}`,
    notes: [...notes, { message: "this } closes nothing", at: brace }],
  };
};

/** The one block of the top level to which all the words belong. */
const homeOf = (items: readonly ConfigItem[]): string | undefined => {
  const homes = items.map(({ keyword }) => contextsOf(keyword.value)).filter((places) => places.length > 0);
  const common = homes[0]?.filter((place) => place !== "" && !place.includes("/") && homes.every((places) => places.includes(place))) ?? [];
  return common.length === 1 ? common[0] : undefined;
};

/** The first `}` in a block, its own included, that is not indented like the line it ends. */
const earlyClose = (block: ConfigItem, source: Source): Site | undefined => {
  for (const item of walkItems([block])) {
    const closing = item.close === undefined ? undefined : source.indentation(item.close);
    const own = source.indentation(item.site);
    if (item.close !== undefined && closing !== undefined && own !== undefined && closing !== own) return item.close;
  }
  return undefined;
};
