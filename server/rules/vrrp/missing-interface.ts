import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { isStatedWithin } from "../../analysis/version-range.ts";
import { shown } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";
import type { VrrpInstance } from "../../model/node/model.ts";

export default defineRule({
  id: "missing-interface",
  summary: "A vrrp_instance without interface: only unicast with a source address can do without.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:2706",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3413",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3422",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4235",
    "keepalived v2.2.7 keepalived/vrrp/vrrp.c:2317",
    "measured: 2.2.7 ends on unicast without interface, 2.4.3 runs",
  ],
  subject: "vrrpInstance",

  *check(instance, given) {
    const { item, name, unicastSource, unicastPeers } = instance;
    const { configuration } = given.node;
    if (configuration === undefined || !lacks(configuration, item, "interface", "vrf")) return;
    const missing = (why: string): RuleFinding => ({
      at: item.keyword.site,
      message: `vrrp_instance ${shown(name.value)} has no interface: ${why}`,
    });
    if (unicastSource === undefined)
      yield missing(
        unicastPeers.length > 0 ? "unicast needs unicast_src_ip or interface" : "keepalived does not know where to send adverts, and ends",
      );
    else if (isStatedWithin(given, "2.2.5", "2.2.7")) yield missing("keepalived 2.2.5 to 2.2.7 end, although unicast has a source");
    else if (isLinkLocal(unicastSource.value))
      yield missing(`unicast_src_ip ${shown(unicastSource.value ?? "")} is link-local and means nothing without one, so keepalived ends`);
    else yield* addressesWithout(instance);
  },
});

const isLinkLocal = (text: string | undefined): boolean =>
  text !== undefined && parseAddress(text)?.family === 6 && /^fe[89ab]/iu.test(text);

/** An address needs a place of its own where the instance has none. */
function* addressesWithout({ name, virtualAddresses, excludedAddresses }: VrrpInstance): Generator<RuleFinding> {
  for (const { site, text, address, device } of [...virtualAddresses, ...excludedAddresses])
    if (address !== undefined && device === undefined)
      yield {
        at: site,
        message: `${shown(text)} has no dev, and ${shown(name.value)} has no interface: keepalived removes the address`,
      };
}
