import type { Site } from "../../../grammar/text.ts";
import type { Note } from "../../analysis/finding.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { walkItems, type ConfigItem, type ConfigTree } from "../../model/node/items.ts";
import { isSwallowed, isTemplate, lacksBrace, type EarlyEnd } from "../../model/node/lost.ts";
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
    // A quote that swallows a brace is the cause, not the brace.
    if (tree.problems.some(({ kind, detail }) => kind === "unterminated-quote" && /[{}]/u.test(detail))) return;
    for (const open of unclosed(tree)) yield openFinding(open, source);
    for (const early of configuration.damage().earlyEnds) {
      // A block keyword without its `{` leaves a `}` over: told there.
      const around = [...(early.block === undefined ? [] : [early.block]), ...early.items];
      if (around.some((item) => [...walkItems([item])].some(lacksBrace))) continue;
      yield earlyFinding(early, source);
    }
  },
});

interface Unclosed {
  readonly block: ConfigItem;
  readonly count: number;
  /** The top-level block that begins before this one is closed; absent at the end of the file. */
  readonly next?: ConfigItem;
}

/** Blocks that are still open where a top-level block begins, or at the end: each place once. */
const unclosed = ({ items, problems }: ConfigTree): readonly Unclosed[] => {
  const byPlace = new Map<string, number>();
  const key = (site: Site): string => `${site.file}\n${site.span.start}`;
  for (const { kind, other } of problems)
    if (kind === "unclosed-block" && other !== undefined) byPlace.set(key(other), (byPlace.get(key(other)) ?? 0) + 1);
  return items.flatMap((block, index): Unclosed[] => {
    if (block.kind !== "block" || block.close !== undefined) return [];
    const next = items[index + 1];
    const here = next === undefined ? undefined : byPlace.get(key(next.site));
    if (next !== undefined && here !== undefined) return [{ block, next, count: here }];
    return [{ block, count: openDepth(block) }];
  });
};

/** How many blocks are open at the end of a block that is: itself, and its last child as long as that is open too. */
const openDepth = (block: ConfigItem): number => {
  const last = block.items.at(-1);
  return 1 + (last?.kind === "block" && last.close === undefined ? openDepth(last) : 0);
};

const openFinding = ({ block, next, count }: Unclosed, source: Source): RuleFinding => {
  const missing = count === 1 ? "a } is missing" : `${count} } are missing`;
  const title = blockTitle(block);
  return {
    at: next === undefined ? block.keyword.site : next.keyword.site,
    message:
      next === undefined ? `${title} is never closed: ${missing}` : `${blockTitle(next)} begins before ${title} is closed: ${missing}`,
    notes: [
      ...(next === undefined
        ? []
        : [{ message: `${title} is opened here; keepalived reads all that follows as part of it`, at: block.keyword.site }]),
      ...whereLost(block, source),
    ],
  };
};

/** By its content or by the indentation of braces: which block inside was probably meant to end, and where. */
const whereLost = (block: ConfigItem, source: Source): readonly Note[] => {
  const inside = [...walkItems(block.items)];
  const swallowed = inside.find(isSwallowed);
  if (swallowed?.parent !== undefined) {
    const message = `probably lost before this line: ${shown(swallowed.keyword.value)} is no entry of ${blockTitle(swallowed.parent)}`;
    return [{ message, at: swallowed.keyword.site }];
  }
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
  if (first === undefined || block === undefined) return { at: brace, message: `this } closes nothing: there is ${many}`, notes };
  return {
    at: first.keyword.site,
    message: `${blockTitle(block)} has ended before ${shown(first.keyword.value)}: there is ${many}`,
    notes: [...notes, { message: "this } closes nothing", at: brace }],
  };
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
