import { fixWith, insertAt, removeItem } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { familyReading } from "../../model/node/family.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Source } from "../../model/node/source.ts";

export default defineRule({
  id: "mixed-family-vips",
  summary: "An instance has one address family: virtual addresses of the other one are ignored.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1232",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:726",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:823",
  ],
  subject: "vrrpInstance",
  fix: "review",

  *check({ item, name }, { node }) {
    const { by, refused } = familyReading(item);
    if (by === undefined || node.configuration === undefined) return;
    const notes = [{ message: "this one decided", at: by.word.site }];
    for (const { role, item: entry, word } of refused) {
      if (role === "native-ipv6")
        yield { at: word.site, message: `native_ipv6 is ignored: ${name.value} has an IPv4 address before it`, notes };
      if (entry.keyword.value === "use_ipvlan")
        yield {
          at: word.site,
          message: `${shown(word.value)} behind use_ipvlan is ignored: ${name.value} is an IPv${by.family} instance`,
          notes,
        };
      if (role !== "virtual-address") continue;
      yield {
        at: word.site,
        message: `${shown(word.value)} is ignored: ${name.value} is an IPv${by.family} instance, and its addresses are all of one family`,
        notes,
        fixes: exclude(item, entry, node.configuration.source),
      };
    }
  },
});

/** Moves the entry to virtual_ipaddress_excluded, where both families may be. */
const exclude = (instance: ConfigItem, entry: ConfigItem, source: Source): readonly Fix[] => {
  const text = source.text(entry.site);
  const list = entry.parent;
  const excluded = instance.items.find(({ keyword, kind }) => keyword.value === "virtual_ipaddress_excluded" && kind === "block");
  const indentation = source.indentation(entry.site);
  const outer = list === undefined ? undefined : source.indentation(list.site);
  if (text === undefined || list?.close === undefined || indentation === undefined || outer === undefined) return [];
  const added =
    excluded?.open === undefined
      ? insertAt(list.close.file, list.close.span.end, `\n${outer}virtual_ipaddress_excluded {\n${indentation}${text}\n${outer}}`)
      : insertAt(excluded.open.file, excluded.open.span.end, `\n${indentation}${text}`);
  return fixWith("Move it to virtual_ipaddress_excluded", "review", [...removeItem(source, entry), added]);
};
