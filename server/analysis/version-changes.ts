/**
 * What keepalived does differently from some version on with the same configuration, and no rule is about. A record is a
 * fact: when it began, whom it concerns, what was and what is, what to do, and where in keepalived's source it stands.
 * Keywords that come and go are in the vocabulary, faults of versions in the rule known-version-bug.
 */
import type { Site } from "../../grammar/text.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import type { Configuration } from "../model/node/model.ts";
import { initialState } from "../model/node/defaults.ts";

export interface VersionChange {
  readonly id: string;
  /** The first version that does it as `now` says. */
  readonly since: Version;
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
];

const does = ({ since }: VersionChange, version: Version): boolean => compareVersions(version, since) >= 0;

/** Those that lie between two versions; the same ones in either direction. */
export const changesBetween = (from: Version, to: Version): readonly VersionChange[] =>
  versionChanges.filter((change) => does(change, from) !== does(change, to));
