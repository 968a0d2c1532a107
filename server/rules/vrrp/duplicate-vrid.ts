import { defineRule } from "../../analysis/rule.ts";
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { familyOf } from "../../model/node/defaults.ts";
import type { Configuration, VrrpInstance } from "../../model/node/model.ts";
import type { Setting } from "../../model/node/settings.ts";

export default defineRule({
  id: "duplicate-vrid",
  summary: "Two instances of one node with the same virtual_router_id on the same interface: keepalived ends.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:4748", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4871"],
  subject: "configuration",

  *check(configuration) {
    const byPlace = new Map<string, VrrpInstance[]>();
    for (const instance of configuration.instances) {
      const id = instance.virtualRouterId;
      const device = instance.interface?.value;
      if (id?.value === undefined || device === undefined) continue;
      const place = `${id.value} ${device}`;
      const earlier = byPlace.get(place) ?? [];
      const clash = earlier.find((other) => clashes(configuration, other, instance));
      if (clash === undefined) {
        // More instances of one number than this are compared with the first ones only.
        if (earlier.length < 64) byPlace.set(place, [...earlier, instance]);
        continue;
      }
      yield {
        at: id.site,
        message: `${instance.name.value} and ${clash.name.value} both use virtual_router_id ${id.value} on ${device}: keepalived ends`,
        notes: [{ message: `${clash.name.value} uses it here`, at: clash.virtualRouterId?.site ?? clash.name.site }],
      };
    }
  },
});

/** Whether the daemon refuses the pair on one interface. What cannot be known is no clash. */
const clashes = (configuration: Configuration, a: VrrpInstance, b: VrrpInstance): boolean => {
  const family = familyOf(a);
  if (family === undefined || family !== familyOf(b)) return false;
  const unicast = a.unicastPeers.length > 0;
  if (unicast !== b.unicastPeers.length > 0) return false;
  // Unicast instances may share a number as long as no peer hears both.
  if (unicast)
    return (
      sameOrNeither(a.unicastSource, b.unicastSource) && a.unicastPeers.some((peer) => b.unicastPeers.some((other) => same(peer, other)))
    );
  const { multicastGroup4, multicastGroup6 } = configuration.global;
  const common = family === 4 ? multicastGroup4 : multicastGroup6;
  return sameOrNeither(a.multicastGroup ?? common, b.multicastGroup ?? common);
};

const same = (a: Setting<string> | undefined, b: Setting<string> | undefined): boolean =>
  a?.value !== undefined && b?.value !== undefined && plain(a.value) === plain(b.value);

const sameOrNeither = (a: Setting<string> | undefined, b: Setting<string> | undefined): boolean =>
  (a === undefined && b === undefined) || same(a, b);

const plain = (text: string): string => canonicalAddress(text) ?? text;
