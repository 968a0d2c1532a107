/**
 * The addresses of an instance, and its family: whichever statement first has one fixes it, and addresses of the other
 * are dropped (vrrp_data.c alloc_vrrp_vip, vrrp_parser.c). So the statements are walked in the order they stand.
 */
import { parseAddress } from "../../grammar/vocabulary/values.ts";
import type { ConfigItem } from "../model/node/items.ts";
import type { VirtualAddress, VrrpInstance } from "../model/node/model.ts";
import type { Behaviour } from "./behaviour.ts";
import type { VirtualAddressSettings } from "./settings.ts";

export interface Addressing {
  readonly family: 4 | 6;
  /** What `version` and `native_ipv6` left; undefined when neither did. */
  readonly version: 2 | 3 | undefined;
  readonly source: string | undefined;
  readonly group: string | undefined;
  readonly peers: readonly string[];
  /** A unicast keyword is written, with peers or without. */
  readonly unicastWritten: boolean;
  readonly peerLimits: boolean;
  readonly addresses: readonly (VirtualAddressSettings & { readonly tracked: boolean })[];
  readonly excluded: readonly (VirtualAddressSettings & { readonly tracked: boolean })[];
}

const unicastKeywords = ["unicast_peer", "unicast_src_ip", "unicast_fault_no_peer", "check_unicast_src", "old_unicast_checksum"];

/** `ownInterface` carries the addresses that name no other. */
export const addressingOf = (instance: VrrpInstance, ownInterface: string, behaviour: Behaviour): Addressing => {
  let family: 4 | 6 | undefined;
  let version: 2 | 3 | undefined;
  let source: string | undefined;
  let group: string | undefined;
  let unicastWritten = false;
  let peerLimits = false;
  const peers: string[] = [];
  const addresses: (VirtualAddressSettings & { readonly tracked: boolean })[] = [];
  const excluded: typeof addresses = [];
  /** The canonical address of a word, when it is of the instance's family. */
  const fitting = (text: string | undefined): string | undefined => {
    const parsed = text === undefined ? undefined : parseAddress(text);
    if (parsed === undefined) return undefined;
    family ??= parsed.family;
    return family === parsed.family ? parsed.text : undefined;
  };
  for (const item of instance.item.items) {
    const word = item.args[0]?.value;
    if (unicastKeywords.includes(item.keyword.value)) unicastWritten = true;
    switch (item.keyword.value) {
      case "mcast_src_ip":
      case "unicast_src_ip":
        source = fitting(word) ?? source;
        break;
      case "mcast_dst_ip": {
        const address = fitting(word);
        if (address !== undefined && isMulticast(address)) group = address;
        break;
      }
      case "native_ipv6":
        if (family !== 4) [family, version] = [6, 3];
        break;
      case "version":
        if ((word === "2" && family !== 6 && version !== 3) || (word === "3" && version !== 2)) version = word === "2" ? 2 : 3;
        break;
      case "unicast_peer":
        for (const line of item.items) {
          const address = fitting(line.keyword.value);
          if (address === undefined) continue;
          if (!peers.includes(address)) peers.push(address);
          if (line.args.length > 0) peerLimits = true;
        }
        break;
      case "virtual_ipaddress":
      case "virtual_ipaddress_excluded": {
        const list = item.keyword.value === "virtual_ipaddress" ? addresses : excluded;
        for (const line of item.items) {
          const read = virtualAddress(instance, line, ownInterface);
          // Only the advertised ones must fit the family.
          if (read === undefined || (list === addresses && fitting(read.address) === undefined)) continue;
          const twice = (other: VirtualAddressSettings): boolean =>
            other.address === read.address && (list === addresses || other.device === read.device);
          if (behaviour.dropsDuplicateAddresses && (addresses.some(twice) || (list === excluded && excluded.some(twice)))) continue;
          list.push(read);
        }
        break;
      }
    }
  }
  // The count is one byte in the advert, and IPv6 addresses must fit into a packet of 1500 bytes (vrrp.c:3503).
  const most = family === 6 ? 89 : 255;
  return {
    family: family ?? 4,
    version,
    source,
    group,
    peers,
    unicastWritten,
    peerLimits,
    addresses: addresses.slice(0, most),
    excluded: [...excluded, ...addresses.slice(most)],
  };
};

const virtualAddress = (
  { virtualAddresses, excludedAddresses }: VrrpInstance,
  item: ConfigItem,
  ownInterface: string,
): (VirtualAddressSettings & { readonly tracked: boolean }) | undefined => {
  const found: VirtualAddress | undefined = [...virtualAddresses, ...excludedAddresses].find((candidate) => candidate.item === item);
  if (found?.address === undefined) return undefined;
  return {
    address: found.address,
    prefix: found.prefix ?? (found.family === 6 ? 128 : 32),
    device: found.device?.value ?? ownInterface,
    tracked: !item.args.some(({ value }) => value === "no_track"),
  };
};

const isMulticast = (address: string): boolean => {
  const parsed = parseAddress(address);
  if (parsed === undefined) return false;
  const [first = 0] = parsed.parts;
  return parsed.family === 4 ? first >= 224 && first <= 239 : first === 0xff02;
};
