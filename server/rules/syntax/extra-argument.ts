import { parseBoolean, isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { fixWith, removeWord } from "../../analysis/edits.ts";
import { leftoversOf } from "../../analysis/leftover.ts";
import { defineRule } from "../../analysis/rule.ts";
import { counted, list, shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { isTemplate, lacksBrace, opensWithBracket } from "../../model/node/lost.ts";
import { secondOnLine } from "../../model/node/second.ts";

/** Blocks whose header must be exactly one name. */
const onlyName = new Set(["vrrp_instance", "vrrp_sync_group"]);

export default defineRule({
  id: "extra-argument",
  summary: "Words behind the last one that a keyword reads: keepalived ignores them without a word.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1243", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:430"],
  subject: "item",
  fix: "review",

  *check(item, { node }) {
    const unread = unreadWords(item);
    if (unread.length === 0) return;
    const { entry, keyword } = item;
    const { configuration } = node;
    if (entry === undefined || configuration === undefined || isListLine(item) || lacksBrace(item) || opensWithBracket(item)) return;
    // Words behind a command have a rule of their own.
    if (entry.args.some(({ type }) => type === "script")) return;
    // A quoted brace acts as one: missing-block-brace tells that.
    const extra = unread.filter(({ value }) => value !== "{" && value !== "}");
    if (
      extra.length === 0 ||
      extra.some(({ value }) => isUnexpanded(value)) ||
      leftoversOf(item).length > 0 ||
      secondOnLine(item) !== undefined ||
      isAssignment(item) ||
      isTemplate(configuration)
    )
      return;
    // `nopreempt on` does what it says.
    if (entry.args.length === 0 && extra.length === 1 && (parseBoolean(extra[0]!.value) === true || extra[0]!.value === "1")) return;
    const secret = entry.args.some(({ type }) => type === "password");
    const words = secret
      ? counted(extra.length, "further word")
      : list(
          extra.map(({ value }) => shown(value)),
          "and",
          4,
        );
    const skipped = item.kind === "block" && entry.args[0]?.defines !== undefined && onlyName.has(keyword.value);
    const source = configuration.source;
    yield {
      at: {
        file: extra[0]!.site.file,
        span: { start: extra[0]!.site.span.start, end: Math.max(extra[0]!.site.span.end, extra.at(-1)!.site.span.end) },
      },
      message: `${words} behind ${keyword.value} ${extra.length === 1 ? "is" : "are"} not read: ${skipped ? "with a second word keepalived skips the block" : takes(entry.args.length)}`,
      ...(skipped ? { severity: "error" as const } : {}),
      fixes: fixWith(
        "Remove what is not read",
        "review",
        extra.flatMap((word) => removeWord(source, word)),
      ),
    };
  },
});

/** Words nobody reads. Names of a umask may take several words, a number stands alone (global_parser.c:2169). */
const unreadWords = (item: ConfigItem): readonly ConfigWord[] =>
  item.keyword.value === "umask" && /^\d/u.test(item.args[0]?.value ?? "") ? item.args.slice(1) : argumentsOf(item).extra;

/** `priority = 150`: told as that. */
const isAssignment = ({ args: [sign] }: ConfigItem): boolean =>
  sign !== undefined && !sign.quoted && (sign.value === "=" || sign.value === ":");

const takes = (count: number): string =>
  count === 0 ? "the word stands alone, with no value" : `keepalived takes ${count === 1 ? "one word" : `at most ${count} words`} there`;
