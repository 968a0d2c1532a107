import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { fixWith, insertAt, removeItem } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Source } from "../../model/node/source.ts";

/** Statements whose address fixes the family of the instance when they come first. */
const telling = new Set(["mcast_src_ip", "unicast_src_ip", "mcast_dst_ip"]);

export default defineRule({
  id: "mixed-family-vips",
  summary: "An instance has one address family: virtual addresses of the other one are ignored.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1232"],
  subject: "vrrpInstance",
  fix: "review",

  *check({ item, name, virtualAddresses }, { node }) {
    const first = familyTeller(item);
    if (first === undefined || node.configuration === undefined) return;
    for (const { item: entry, text, family } of virtualAddresses) {
      if (family === undefined || family === first.family) continue;
      yield {
        at: entry.keyword.site,
        message: `${shown(text)} is ignored: ${name.value} is an IPv${first.family} instance, and its addresses are all of one family`,
        notes: [{ message: "this one decided", at: first.by.keyword.site }],
        fixes: exclude(item, entry, node.configuration.source),
      };
    }
  },
});

interface Teller {
  readonly family: 4 | 6;
  readonly by: ConfigItem;
}

/** What fixes the family: the first address in the order of the file. Undefined when it cannot be known. */
const familyTeller = (instance: ConfigItem): Teller | undefined => {
  for (const item of instance.items) {
    const name = item.keyword.value;
    if (name === "native_ipv6") return { family: 6, by: item };
    const [entry] = name === "virtual_ipaddress" || name === "unicast_peer" ? item.items : [];
    const text = telling.has(name) ? item.args[0]?.value : entry?.keyword.value;
    if (text === undefined) continue;
    const family = parseAddress(text)?.family;
    return family === undefined ? undefined : { family, by: entry ?? item };
  }
  return undefined;
};

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
