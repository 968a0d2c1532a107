import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { isListLine } from "../../model/node/arguments.ts";
import { walkItems, type ConfigItem } from "../../model/node/items.ts";
import { isPlaceholder, isTemplate } from "../../model/node/lost.ts";
import { secondOnLine } from "../../model/node/second.ts";

export default defineRule({
  id: "unexpected-block-brace",
  summary: "A `{` where no block begins: its `}` then ends the block around.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3168"],
  subject: "configuration",

  *check(configuration) {
    if (isTemplate(configuration)) return;
    for (const { kind, site, detail } of configuration.tree.problems) {
      if (kind === "unexpected-open") yield { at: site, message: "this { opens nothing: no block keyword stands before it" };
      if (kind === "quoted-brace")
        yield { at: site, message: `"${detail}" is a brace to keepalived in spite of its quotes: a word must hold more than that` };
    }
    for (const item of walkItems(configuration.tree.items)) {
      const last = item.args.at(-1);
      if (item.kind === "block" && item.open === undefined && item.close !== undefined && last?.quoted === true && last.value === "{")
        yield {
          at: item.close,
          message: `this } is one too many to keepalived: the quoted brace of ${item.keyword.value} opens the block without being counted`,
          notes: [{ message: "the quoted brace", at: last.site }],
        };
      if (
        item.kind !== "block" ||
        item.open === undefined ||
        (item.entry?.kind !== "statement" && item.entry?.kind !== "entry-option") ||
        isPlaceholder(item) ||
        secondOnLine(item) !== undefined
      )
        continue;
      yield {
        at: item.open,
        message: `${shown(item.keyword.value)} takes no block: keepalived ignores the { and lets its } end ${item.parent?.keyword.value ?? "nothing"}`,
        notes:
          isListLine(item) && item.items.length > 0
            ? [{ message: "the options of an entry stand behind it on its line", at: item.items[0]!.keyword.site }]
            : [],
      };
      yield* lostBehind(item);
    }
  },
});

/** In the outermost block, what comes behind the brace that ended it too early: keepalived reads it in the wrong place. */
function* lostBehind(item: ConfigItem): Generator<RuleFinding> {
  const ended = item.parent?.parent;
  if (item.parent === undefined || ended === undefined || ended.parent !== undefined || item.close === undefined) return;
  const next = ended.items[ended.items.indexOf(item.parent) + 1];
  if (next === undefined || item.parent.close === undefined) return;
  yield {
    at: next.keyword.site,
    message: `to keepalived ${blockTitle(ended)} has ended before ${shown(next.keyword.value)}: a { too many stands before it`,
    notes: [
      { message: "this { opens nothing", at: item.open! },
      { message: `so that this } ends ${blockTitle(ended)}`, at: item.parent.close },
    ],
  };
}
