/**
 * What keepalived does differently from some version on with the same configuration, and no rule is about. A record is a
 * fact: when it began, whom it concerns, what was and what is, what to do, and where in keepalived's source it stands.
 * Keywords that come and go are in the vocabulary, faults of versions in the rule known-version-bug.
 */
import type { Site } from "../../grammar/text.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import type { Configuration } from "../model/node/model.ts";
import { commandsOf, runsAs } from "../model/node/commands.ts";
import { basePriority, familyOf, initialState, isStrict, vrrpVersion } from "../model/node/defaults.ts";
import { one } from "../model/node/settings.ts";

export interface VersionChange {
  readonly id: string;
  /** The first version that does it as `now` says. */
  readonly since: Version;
  /** The first version that does it as `before` says, where that is not all of them: from an older one nothing is told. */
  readonly beforeSince?: Version;
  /** Where a configuration meets it; nowhere when it is not concerned. */
  readonly where: (configuration: Configuration) => readonly Site[];
  readonly before: string;
  readonly now: string;
  readonly todo: string;
  readonly source: string;
}

export const versionChanges: readonly VersionChange[] = [
  {
    id: "tcp-check-retries",
    since: "1.2.20",
    where: ({ virtualServers }) =>
      virtualServers.flatMap(({ realServers }) =>
        realServers.flatMap(({ checkers }) =>
          checkers.flatMap(({ type, item }) =>
            type.value === "TCP_CHECK" && !item.items.some(({ keyword }) => keyword.value === "retry") ? [type.site] : [],
          ),
        ),
      ),
    before: "TCP_CHECK takes a server out at the first connection that fails",
    now: "TCP_CHECK tries a second time, 1 s later, before it takes a server out",
    todo: "write retry 0 to keep the old behaviour",
    source: "keepalived v1.2.20 keepalived/check/check_tcp.c",
  },
  {
    id: "master-without-priority-is-owner",
    since: "1.2.20",
    where: ({ instances }) =>
      instances.flatMap(({ item, state }) => (state?.value === "MASTER" && one(item, "priority") === undefined ? [state.site] : [])),
    before: "an instance without priority has priority 100, whatever its state",
    now: "an instance with state MASTER and without priority has priority 255: it takes itself for the owner of the addresses, and weights do not move it",
    todo: "write the priority: priority 100 to keep the old one",
    source:
      "keepalived v1.2.19 keepalived/vrrp/vrrp.c:1579; keepalived v1.2.20 keepalived/vrrp/vrrp.c:1890; test/observed/master-without-priority",
  },
  {
    id: "scripts-run-as-keepalived-script",
    since: "1.3.0",
    where: (configuration) =>
      commandsOf(configuration).flatMap((command) => (runsAs(configuration, command).kind === "default" ? [command.site] : [])),
    before: "scripts run as root",
    now: "scripts run as the user keepalived_script where the host has such a user, and as root where it has none",
    todo: "write script_user with the user that the scripts need",
    source: "keepalived v1.3.0 lib/notify.c:258",
  },
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
    id: "master-waits-at-start",
    since: "2.0.0",
    where: (configuration) =>
      configuration.instances.flatMap((instance) => {
        const { state } = instance;
        const priority = basePriority(instance);
        if (state?.value !== "MASTER" || priority === undefined || priority === 255) return [];
        return isStrict(configuration, instance) === false ? [state.site] : [];
      }),
    before: "an instance with state MASTER sends adverts and takes the addresses as soon as keepalived starts",
    now: "an instance with state MASTER listens for three advert intervals first, as state BACKUP does: it comes later by as much",
    todo: "give what waits for the addresses at boot those seconds more",
    source: "keepalived v1.4.5 keepalived/vrrp/vrrp_scheduler.c:260; keepalived v2.0.0 keepalived/vrrp/vrrp_scheduler.c:195",
  },
  {
    id: "master-clears-nopreempt",
    since: "2.0.0",
    where: ({ instances }) =>
      instances.flatMap((instance) =>
        initialState(instance) === "MASTER" && instance.nopreempt?.value === true ? [instance.nopreempt.site] : [],
      ),
    before: "nopreempt stays on beside state MASTER, and is only warned about",
    now: "nopreempt is cleared where the state is MASTER: the node takes the addresses back whenever its priority is higher",
    todo: "write state BACKUP on every node of the cluster to keep nopreempt",
    source: "keepalived v2.0.0 keepalived/vrrp/vrrp.c:2566",
  },
  {
    id: "master-clears-preempt-delay",
    since: "2.0.0",
    where: ({ instances }) =>
      instances.flatMap((instance) =>
        initialState(instance) === "MASTER" && instance.nopreempt === undefined && (instance.preemptDelay?.value ?? 0) > 0
          ? [instance.preemptDelay!.site]
          : [],
      ),
    before: "preempt_delay stays on beside state MASTER",
    now: "preempt_delay is cleared where the state is MASTER: the node takes the addresses back at once",
    todo: "write state BACKUP to keep the delay",
    source: "keepalived v2.0.0 keepalived/vrrp/vrrp.c:2570",
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
];

const does = ({ since }: VersionChange, version: Version): boolean => compareVersions(version, since) >= 0;

/** Those that lie between two versions; the same ones in either direction. */
export const changesBetween = (from: Version, to: Version): readonly VersionChange[] =>
  versionChanges.filter((change) => {
    const older = compareVersions(from, to) < 0 ? from : to;
    return does(change, from) !== does(change, to) && (change.beforeSince === undefined || compareVersions(older, change.beforeSince) >= 0);
  });
