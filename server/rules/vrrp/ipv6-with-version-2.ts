import { fixWith, replaceWord } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isStrict } from "../../model/node/defaults.ts";
import { familyReading } from "../../model/node/family.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "ipv6-with-version-2",
  summary: "IPv6 needs VRRP version 3: `version 2` is refused behind an IPv6 address, and taken by mistake before it.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:2069", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3272"],
  subject: "vrrpInstance",
  fix: "safe",

  *check(instance, { node }) {
    const { item, name, version } = instance;
    const { configuration } = node;
    const { family, by, refused } = familyReading(item);
    const word = one(item, "version")?.args[0];
    if (configuration === undefined || version?.value !== 2 || word === undefined || family !== 6 || by === undefined) return;
    const strict = isStrict(configuration, instance);
    const replaced = refused.some(({ role }) => role === "version-2") || instance.nativeIpv6?.value === true || strict === true;
    if (!replaced && strict === undefined) return;
    yield {
      at: version.site,
      message: replaced
        ? `version 2 of ${name.value} is ignored: an IPv6 instance has version 3`
        : `${name.value} is an IPv6 instance with version 2, which knows no IPv6: its peers drop the adverts unless they have the same mistake`,
      notes: [{ message: "IPv6 since here", at: by.word.site }],
      fixes: fixWith("Write version 3", replaced ? "safe" : "review", replaceWord(word, "3")),
    };
  },
});
