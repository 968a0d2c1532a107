import type { Keyword } from "../../../grammar/vocabulary/types.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, placeOf, shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import { isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-argument",
  summary: "A keyword without the value it needs; for most of them keepalived ends at once.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:423"],
  subject: "item",

  *check(item, { version, node }) {
    const { missing } = argumentsOf(item);
    if (missing.length === 0 || node.configuration === undefined || isTemplate(node.configuration)) return;
    for (const { row, argument, name } of missing) {
      if (!knownIn(row, version)) continue;
      // A line that is a whole entry is the word itself.
      const what = isListLine(item)
        ? name === item.keyword
          ? blockTitle(item)
          : shown(name.value)
        : name === item.keyword
          ? shown(name.value)
          : blockTitle(item);
      yield {
        at: name.site,
        message: `${what}${item.parent === undefined ? "" : ` in ${placeOf(item)}`} lacks its ${argument.name}: ${consequence(row)}`,
      };
    }
  },
});

const consequence = ({ missingArgument, kind }: Keyword): string => {
  if (missingArgument === "exit") return "keepalived ends while it reads the configuration";
  if (missingArgument === "crash") return "keepalived crashes while it reads the configuration";
  return kind === "named-block" ? "keepalived reports it and skips the block" : "keepalived ignores the line";
};
