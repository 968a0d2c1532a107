/** The packets of VRRP that an instance sends and hears, for the packet filter. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { Configuration, VrrpInstance } from "../node/model.ts";
import type { Packet } from "./packet-filter.ts";

/** What the instance must hear and what it must send; empty when it cannot be known. */
export const vrrpPackets = ({ global }: Configuration, instance: VrrpInstance): readonly Packet[] => {
  const own = instance.virtualAddresses[0]?.family;
  const family = own ?? (instance.nativeIpv6 === undefined ? 4 : 6);
  const authenticated = instance.authentication?.type;
  if (authenticated !== undefined && authenticated.value === undefined) return [];
  const isAh = authenticated?.value?.toUpperCase() === "AH";
  const protocols = isAh ? ["ah", "51"] : ["vrrp", "112"];
  const peers = instance.unicastPeers.map(({ value }) => value);
  if (peers.includes(undefined)) return [];
  const { unicastSource, interface: device } = instance;
  const source = unicastSource?.value === undefined ? {} : { sources: [canonicalAddress(unicastSource.value)] };
  const known = peers.flatMap((peer) => (peer === undefined ? [] : canonicalAddress(peer)));
  // What comes in through a VMAC has the name of that device.
  const place = device?.value === undefined || instance.useVmac !== undefined ? {} : { device: device.value };
  const base = { family, protocols, isNew: true } as const;
  if (known.length > 0) {
    const to = unicastSource?.value === undefined ? {} : { destinations: [canonicalAddress(unicastSource.value)] };
    return [
      { ...base, hook: "INPUT", ...place, ...to, sources: known },
      { ...base, hook: "OUTPUT", ...source, destinations: known },
    ];
  }
  const group = instance.multicastGroup ?? (family === 4 ? global.multicastGroup4 : global.multicastGroup6);
  if (group !== undefined && group.value === undefined) return [];
  const destinations = [group?.value ?? (family === 4 ? "224.0.0.18" : "ff02::12")];
  return [
    { ...base, hook: "INPUT", ...place, destinations },
    { ...base, hook: "OUTPUT", ...source, destinations },
  ];
};
