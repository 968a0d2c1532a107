import { fixWith, insertAt } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { effectiveAuthentication, vrrpVersion } from "../../model/node/defaults.ts";
import { familyReading } from "../../model/node/family.ts";
import type { Configuration, VirtualAddress, VrrpInstance } from "../../model/node/model.ts";
import type { Source } from "../../model/node/source.ts";

/** The count in an advert is one byte. */
const mostCounted = 255;
const ethernetMtu = 1500;

export default defineRule({
  id: "too-many-vips",
  summary: "More virtual addresses than fit into one advert: keepalived moves the rest to the excluded ones.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3521", "measured: 300 virtual addresses, keepalived 2.2.7 and 2.4.3"],
  subject: "vrrpInstance",
  fix: "review",

  *check(instance, { node }) {
    const { configuration } = node;
    const { family } = familyReading(instance.item);
    // Below this number they fit whatever the rest of the packet is.
    if (configuration === undefined || family === undefined || instance.virtualAddresses.length <= 80) return;
    const limit = mostThatFit(configuration, instance, family);
    const listed = distinct(instance.virtualAddresses, family);
    const surplus = listed[limit];
    if (surplus === undefined) return;
    yield {
      at: surplus.site,
      message: `${instance.name.value} has ${listed.length} virtual addresses, ${limit} fit into an advert: keepalived moves the rest, from here on, to the excluded ones`,
      fixes: split(instance, surplus, configuration.source),
    };
  },
});

/** What the daemon leaves over of an Ethernet frame: its headers, the password's eight bytes of version 2, and AH. */
const mostThatFit = (configuration: Configuration, instance: VrrpInstance, family: 4 | 6): number => {
  if (family === 6) return Math.floor((ethernetMtu - (14 + 40 + 8)) / 16);
  const version2 = vrrpVersion(configuration, instance) === 2 ? 8 : 0;
  const header = effectiveAuthentication(configuration, instance).kind === "AH" ? 24 : 0;
  return Math.min(mostCounted, Math.floor((ethernetMtu - (14 + 20 + 8 + version2 + header)) / 4));
};

const distinct = (entries: readonly VirtualAddress[], family: 4 | 6): readonly VirtualAddress[] => {
  const seen = new Set<string>();
  return entries.filter(({ address, family: own }) => address !== undefined && own === family && !seen.has(address) && seen.add(address));
};

/** Ends the list before the first surplus address and goes on as the excluded list. */
const split = ({ item, virtualAddresses }: VrrpInstance, { item: entry }: VirtualAddress, source: Source): readonly Fix[] => {
  const list = entry.parent;
  const indentation = source.indentation(entry.site);
  const outer = list === undefined ? undefined : source.indentation(list.site);
  const alone = item.items.filter(({ keyword }) => keyword.value.startsWith("virtual_ipaddress")).length === 1;
  if (!alone || indentation === undefined || outer === undefined || virtualAddresses.at(-1)?.item.parent !== list) return [];
  const { file, span } = entry.site;
  const text = `${outer}}\n${outer}virtual_ipaddress_excluded {\n`;
  return fixWith("List them as excluded", "review", [insertAt(file, span.start - indentation.length, text)]);
};
