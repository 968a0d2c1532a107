import { defineRule } from "../../analysis/rule.ts";
import { one } from "../../model/node/settings.ts";

/** Interfaces without a cable. */
const virtual = /^(?:lo|dummy|docker|virbr|veth|tun|tap|wg|br-|macvlan|ipvlan)/u;

export default defineRule({
  id: "dont-track-primary-on-physical",
  summary: "With `dont_track_primary` a node that loses its link stays master: nobody but itself sees it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["measured: cable of the master pulled, keepalived 2.2.7 and 2.4.3", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4006"],
  subject: "vrrpInstance",

  *check({ item, name, interface: device, useVmac, unicastPeers }) {
    const flag = one(item, "dont_track_primary");
    if (flag === undefined || device?.value === undefined || virtual.test(device.value)) return;
    if (useVmac !== undefined || unicastPeers.length > 0 || one(item, "use_ipvlan") !== undefined) return;
    yield {
      at: flag.keyword.site,
      message: `${name.value} does not watch ${device.value}: when its link goes down this node stays master beside the one that takes over`,
      notes: [{ message: "its interface", at: device.site }],
    };
  },
});
