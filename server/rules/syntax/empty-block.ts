import { defineRule } from "../../analysis/rule.ts";
import { placeOf } from "../../analysis/wording.ts";
import { isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "empty-block",
  summary: "A list without any entry: what the block is for does not happen.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/core/global_parser.c:274", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:2168"],
  subject: "item",

  *check(item, { node }) {
    const { configuration } = node;
    if (item.kind !== "block" || item.entry?.kind !== "list-block" || item.items.length > 0 || configuration === undefined) return;
    // An instance without addresses and a group without instances have findings of their own.
    if (
      item.keyword.value === "virtual_ipaddress" ||
      item.keyword.value === "group" ||
      item.close === undefined ||
      isTemplate(configuration)
    )
      return;
    const { file, span } = item.site;
    if (configuration.source.hasDroppedLines(item.site)) return;
    if (
      configuration.expansion.includes.some(({ site }) => site.file === file && site.span.start >= span.start && site.span.end <= span.end)
    )
      return;
    yield { at: item.keyword.site, message: `${item.keyword.value} in ${placeOf(item)} is empty` };
  },
});
