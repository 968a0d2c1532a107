import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { isStrict } from "../../model/node/defaults.ts";
import { familyReading } from "../../model/node/family.ts";
import { isUnknownWord } from "../../model/node/settings.ts";

export default defineRule({
  id: "ipv6-first-vip-not-link-local",
  summary: "The first address of an IPv6 virtual router should be link-local, so that hosts can use it as their router.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3474", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3477", "RFC 5798 section 1.3"],
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { item, name, virtualAddresses, unicastPeers } = instance;
    const { configuration } = node;
    if (configuration === undefined || unicastPeers.length > 0 || familyReading(item).family !== 6) return;
    // IPv4 addresses are refused, and told as that.
    const first = virtualAddresses.find((entry) => entry.family === 6 || isUnknownWord(entry.item, entry.item.keyword));
    if (first?.address === undefined || /^fe[89ab]/u.test(first.address)) return;
    const strict = isStrict(configuration, instance) === true;
    yield {
      at: first.site,
      severity: strict ? "error" : "info",
      message: `the first address of ${name.value}, ${shown(first.text)}, is not link-local: ${strict ? "strict mode demands that" : "the protocol wants one in fe80::/10 there"}`,
      notes: [
        { message: "the order of the list does not matter to the peers: a link-local one can stand first on one node after the other" },
      ],
    };
  },
});
