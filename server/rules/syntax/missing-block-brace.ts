import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, list, shown } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { closesBracket, isTemplate, lacksBrace, opensWithBracket } from "../../model/node/lost.ts";
import type { Source } from "../../model/node/source.ts";

export default defineRule({
  id: "missing-block-brace",
  summary: "A block keyword without its `{`: keepalived reads the content in the wrong place.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:3165"],
  subject: "item",
  fix: "safe",

  *check(item, { node }) {
    const open = item.kind === "block" && item.open === undefined;
    if (opensWithBracket(item) && node.configuration !== undefined) {
      yield otherBracket(item);
      return;
    }
    if ((!lacksBrace(item) && !open) || node.configuration === undefined || isTemplate(node.configuration)) return;
    if (item.entry?.kind === "list-block" && item.kind === "statement" && item.args.length > 0) {
      yield behindList(item, node.configuration.source);
      return;
    }
    const last = item.args.at(-1) ?? item.keyword;
    // A quoted brace acts as one: unexpected-block-brace tells that.
    if (last.quoted && last.value === "{") return;
    yield {
      at: item.keyword.site,
      message: `${blockTitle(item)} opens a block, and its { is missing`,
      // At top level the content is read all the same; deeper down a } too many is left over, so that the fix changes more.
      fixes: last.literal ? fixWith("Add the {", open ? "safe" : "review", [insertAt(last.site.file, last.site.span.end, " {")]) : [],
    };
    const top = outermost(item);
    if (open && top !== item && item.entry?.kind === "list-block" && top.close !== undefined)
      yield {
        at: top.close,
        message: `this } is one too many to keepalived: ${item.keyword.value} has not opened anything, and its } has ended ${blockTitle(top)}`,
        notes: [{ message: "the { is missing here", at: item.keyword.site }],
      };
  },
});

/** One finding for both brackets: the fix writes both braces. */
const otherBracket = (item: ConfigItem): RuleFinding => {
  const bracket = item.args.at(-1)!;
  const end = item.items.find(closesBracket)?.keyword;
  const words = end === undefined ? [bracket] : [bracket, end];
  return {
    at: bracket.site,
    message: `${bracket.value} opens no block: keepalived knows { and } only, and reads ${item.keyword.value} as a line without a block`,
    notes: end === undefined ? [] : [{ message: `${end.value} closes nothing either`, at: end.site }],
    fixes: words.every(({ literal }) => literal)
      ? fixWith("Write braces", "review", [
          { at: bracket.site, replacement: "{" },
          ...(end === undefined ? [] : [{ at: end.site, replacement: "}" }]),
        ])
      : [],
  };
};

/** `unicast_peer 10.0.0.2`: the entry stands where the block should begin. */
const behindList = ({ keyword, args, site }: ConfigItem, source: Source): RuleFinding => {
  const indentation = source.indentation(site);
  const before = source.between(keyword.site, args[0]!.site);
  const words = args.map(({ value }) => shown(value));
  const { file, span } = args[0]!.site;
  const isLiteral = [keyword, ...args].every(({ literal }) => literal) && args.every((word) => word.site.file === file);
  return {
    at: keyword.site,
    message: `${keyword.value} opens a block, and its { is missing: ${list(words, "and", 4)} ${args.length === 1 ? "belongs" : "belong"} between { and }`,
    fixes:
      indentation === undefined || before === undefined || !isLiteral
        ? []
        : fixWith("Put it into a block", "review", [
            { at: { file, span: { start: span.start - before.length, end: span.start } }, replacement: ` {\n${indentation}    ` },
            insertAt(file, args.at(-1)!.site.span.end, `\n${indentation}}`),
          ]),
  };
};

const outermost = (item: ConfigItem): ConfigItem => (item.parent === undefined ? item : outermost(item.parent));
