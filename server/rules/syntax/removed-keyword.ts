import { fixWith, removeItem } from "../../analysis/edits.ts";
import { isRemoved, whyUnknown } from "../../analysis/keywords.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isTemplate } from "../../model/node/lost.ts";

/** What the words were for, where their removal needs no replacement. */
const whatItWas: Readonly<Record<string, string>> = {
  nat_mask: "it was only for NAT on kernel 2.2",
  plugin_dir: "keepalived no longer loads plugins",
};

export default defineRule({
  id: "removed-keyword",
  summary: "A word that an older keepalived knew and the targeted one does not.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v1.2.20 keepalived/check/check_parser.c", "keepalived v2.4.3 lib/parser.c:3239"],
  subject: "item",
  fix: "review",

  *check(item, { version, node }) {
    const { keyword, context, entry } = item;
    if (context === undefined || node.configuration === undefined) return;
    const why = entry === undefined ? whyUnknown(keyword.value, version) : undefined;
    const row = why?.kind === "removed" ? why.row : entry !== undefined && isRemoved(entry, version) ? entry : undefined;
    if (row?.removed === undefined || isTemplate(node.configuration)) return;
    const reason = whatItWas[row.name];
    yield {
      at: keyword.site,
      message: `${row.name} is unknown to keepalived since ${row.removed}${reason === undefined ? "" : `; ${reason}`}`,
      fixes: fixWith("Remove the line", "review", removeItem(node.configuration.source, item)),
    };
  },
});
