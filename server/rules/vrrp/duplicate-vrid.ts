import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { familyOf } from "../../model/node/defaults.ts";
import type { Configuration, VirtualAddress, VrrpInstance } from "../../model/node/model.ts";
import { one, type Setting } from "../../model/node/settings.ts";

export default defineRule({
  id: "duplicate-vrid",
  summary: "Two instances of one node with the same virtual_router_id on the same interface: keepalived ends.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4748",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4871",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4894",
    "measured: 2.4.3 puts the second of two instances with one virtual MAC into FAULT",
  ],
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
    yield* sharedMacs(configuration);
  },
});

/** On different interfaces one number is fine, unless both keep addresses on the virtual MAC that it makes of one interface. */
function* sharedMacs(configuration: Configuration): Generator<RuleFinding> {
  const groups = configuration.groupsByInstance();
  const taken = new Map<string, { readonly instance: VrrpInstance; readonly entry: VirtualAddress }>();
  for (const instance of configuration.instances) {
    const { virtualRouterId: id, name } = instance;
    if (id?.value === undefined) continue;
    const own = virtualMacs(instance);
    for (const [place, entry] of own) {
      const key = `${id.value} ${place}`;
      const other = taken.get(key);
      if (other === undefined) {
        taken.set(key, { instance, entry });
        continue;
      }
      const group = groups.get(name.value);
      // On one interface keepalived ends, which is told above.
      if (
        (group !== undefined && group === groups.get(other.instance.name.value)) ||
        other.instance.interface?.value === instance.interface?.value
      )
        continue;
      yield {
        at: id.site,
        message: `${name.value} and ${other.instance.name.value} both use virtual_router_id ${id.value} and keep addresses on the virtual MAC it makes of ${place.split(" ")[1]}: keepalived holds ${name.value} in FAULT`,
        notes: [
          { message: `of ${name.value}`, at: entry.site },
          { message: `of ${other.instance.name.value}`, at: other.entry.site },
        ],
      };
      break;
    }
  }
}

/** Where an instance's addresses lie on a virtual MAC: "FAMILY INTERFACE", with the first such address (vrrp.c:4145). */
const virtualMacs = (instance: VrrpInstance): ReadonlyMap<string, VirtualAddress> => {
  const found = new Map<string, VirtualAddress>();
  const base = instance.interface?.value;
  const family = familyOf(instance);
  const use = one(instance.item, "use_vmac");
  // A MAC of its own is no other instance's.
  if (base === undefined || family === undefined || use?.args.some(({ value }) => value.includes(":")) === true) return found;
  const others = one(instance.item, "use_vmac_addr") !== undefined;
  for (const entry of [...instance.virtualAddresses, ...instance.excludedAddresses]) {
    const device = entry.device?.value ?? base;
    const usual = device === base && entry.family === family;
    const on = (usual ? use !== undefined : others) || entry.item.args.some(({ value }) => value === "use_vmac");
    const key = `${entry.family} ${device}`;
    if (on && entry.family !== undefined && !found.has(key)) found.set(key, entry);
  }
  return found;
};

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
