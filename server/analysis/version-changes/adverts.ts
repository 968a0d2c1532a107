/** Which adverts are sent, and which are taken. */
import { familyOf, vrrpVersion } from "../../model/node/defaults.ts";
import type { VersionChange } from "./change.ts";

export const adverts: readonly VersionChange[] = [
  {
    id: "unicast-v3-checksum",
    since: "1.3.7",
    where: (configuration) =>
      configuration.instances.flatMap((instance) => {
        const [peer] = instance.unicastPeers;
        return peer !== undefined && vrrpVersion(configuration, instance) === 3 && familyOf(instance) === 4 ? [peer.site] : [];
      }),
    before: "the checksum of a VRRPv3 advert to a unicast peer is made with the multicast address",
    now: "the checksum of a VRRPv3 advert to a unicast peer is made with the address of the peer",
    todo: "upgrade the nodes of the cluster together, or write old_unicast_checksum until the last of them is upgraded",
    source: "keepalived v1.3.7 keepalived/vrrp/vrrp.c:645, keepalived/vrrp/vrrp_parser.c:993",
  },
  {
    id: "cast-is-checked",
    since: "2.0.12",
    where: ({ instances }) => instances.flatMap(({ unicastPeers }) => (unicastPeers[0] === undefined ? [] : [unicastPeers[0].site])),
    before: "an instance with unicast peers takes adverts that come by multicast, and the other way round",
    now: "an instance with unicast peers drops adverts that come by multicast, and the other way round",
    todo: "see that all nodes of the cluster list each other as unicast peers before the first of them is upgraded",
    source: "keepalived v2.0.12 keepalived/vrrp/vrrp.c:939",
  },
  {
    id: "other-address-counts-are-taken",
    since: "2.3.3",
    where: ({ instances }) =>
      instances.flatMap(({ virtualRouterId, virtualAddresses }) =>
        virtualAddresses.length > 0 && virtualRouterId?.value !== undefined ? [virtualRouterId.site] : [],
      ),
    before: "an advert that lists another number of addresses is dropped",
    now: "an advert that lists another number of addresses is reported and obeyed: another cluster on the segment with this virtual_router_id can take the addresses away",
    todo: "see that no other cluster on the segment has this virtual_router_id, and that the nodes list the same addresses",
    source: "keepalived v2.3.3 keepalived/vrrp/vrrp.c:1175; test/observed/two-clusters-one-vrid",
  },
  {
    id: "address-twice-counts-once",
    since: "2.3.3",
    where: ({ instances }) =>
      instances.flatMap(({ virtualAddresses }) => {
        const seen = new Set<string>();
        return virtualAddresses.flatMap(({ address, site }) => {
          if (address === undefined) return [];
          const again = seen.has(address);
          seen.add(address);
          return again ? [site] : [];
        });
      }),
    before: "an address listed twice is sent twice and counts twice: a node that lists it once drops the adverts",
    now: "an address listed twice counts once, and is reported",
    todo: "take the second line out on all nodes at once",
    source: "keepalived v2.3.3 keepalived/vrrp/vrrp_data.c:1183; test/observed/address-twice",
  },
  {
    id: "unicast-source-need-not-be-there",
    since: "2.3.3",
    beforeSince: "2.1.0",
    where: ({ instances }) =>
      instances.flatMap(({ unicastSource, unicastPeers }) =>
        unicastSource === undefined || unicastPeers.length === 0 ? [] : [unicastSource.site],
      ),
    before: "an instance whose unicast_src_ip is on no interface when it starts goes to FAULT",
    now: "an instance whose unicast_src_ip is on no interface starts all the same: a wrong address no longer stops it",
    todo: "see that the address is the node's own",
    source:
      "keepalived v2.1.0 keepalived/vrrp/vrrp.c:2408; keepalived v2.3.3 keepalived/vrrp/vrrp.c:2717; test/observed/unicast-source-absent",
  },
  {
    id: "peer-twice-is-sent-once",
    since: "2.3.3",
    where: ({ instances }) =>
      instances.flatMap(({ unicastPeers }) =>
        unicastPeers
          .filter(({ value }, index) => value !== undefined && unicastPeers.findIndex((other) => other.value === value) < index)
          .map(({ site }) => site),
      ),
    before: "a unicast peer that is listed twice gets every advert twice",
    now: "a unicast peer that is listed twice gets every advert once; the second line is reported, and keepalived -t ends with status 5",
    todo: "take the second line out",
    source: "keepalived v2.3.3 keepalived/vrrp/vrrp_data.c:1090; measured: 2.2.7 and 2.3.2 send two a second, 2.3.3 and 2.4.3 one",
  },
];
