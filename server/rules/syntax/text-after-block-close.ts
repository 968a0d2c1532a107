import type { Edit } from "../../analysis/finding.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { isTemplate } from "../../model/node/lost.ts";
import type { Source } from "../../model/node/source.ts";

export default defineRule({
  id: "text-after-block-close",
  summary: "Words behind a `}` on its line: keepalived reads them as the next line.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2624"],
  subject: "configuration",
  fix: "safe",

  *check(configuration) {
    if (isTemplate(configuration)) return;
    const source = configuration.source;
    for (const [closed, item] of neighbours(configuration.tree.items)) {
      if (closed.close === undefined) continue;
      const between = source.between(closed.close, item.site);
      if (between === undefined || /[\n#!{}]/u.test(between)) continue;
      yield {
        at: item.keyword.site,
        message: `${shown(item.keyword.value)} stands behind the } of ${closed.keyword.value}: keepalived reads it as a line of its own`,
        fixes: fixWith("Put it on a line of its own", "safe", split(closed, item, between, source)),
      };
    }
  },
});

const split = (closed: ConfigItem, item: ConfigItem, between: string, source: Source): readonly Edit[] => {
  const { file, span } = closed.close!;
  const indentation = source.indentation(closed.site) ?? source.indentation(closed.close!) ?? "";
  return item.keyword.literal
    ? [{ at: { file, span: { start: span.end, end: span.end + between.length } }, replacement: `\n${indentation}` }]
    : [];
};

/** Every item with the block that stands right before it. */
function* neighbours(items: readonly ConfigItem[]): Generator<readonly [ConfigItem, ConfigItem]> {
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (before?.close !== undefined) yield [before, item];
    yield* neighbours(item.items);
  }
}
