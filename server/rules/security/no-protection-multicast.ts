import { defineRule } from "../../analysis/rule.ts";
import { isStrict, vrrpVersion } from "../../model/node/defaults.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "no-protection-multicast",
  summary: "Multicast without any authentication: every host of the segment can take the addresses over.",
  severity: "info",
  since: "0.1.0",
  sources: ["RFC 5798 section 9"],
  off: true,
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { item, name, unicastPeers, authentication } = instance;
    const { configuration } = node;
    if (configuration === undefined || unicastPeers.length > 0 || !lacks(configuration, item, "auth_hmac", "unicast_peer")) return;
    const ignored = vrrpVersion(configuration, instance) === 3 || isStrict(configuration, instance) === true;
    if (authentication === undefined ? !lacks(configuration, item, "authentication") : !ignored) return;
    // Packet filters of the node that mention the protocol are taken for protection.
    if (node.companions.some(({ effects }) => effects.some(({ kind }) => kind === "firewall"))) return;
    yield {
      at: name.site,
      message: `${name.value} takes adverts from every host of the segment: there is no auth_hmac, no unicast_peer and no authentication`,
    };
  },
});
