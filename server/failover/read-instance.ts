/** One instance as the daemon completes it after reading (keepalived v2.4.3 vrrp.c vrrp_complete_instance). */
import { canonicalAddress } from "../../grammar/vocabulary/values.ts";
import { basePriority, downTimerAdverts, initialState, isStrict } from "../model/node/defaults.ts";
import type { ConfigItem } from "../model/node/items.ts";
import type { Configuration, SyncGroup, VrrpInstance } from "../model/node/model.ts";
import { all, type Flag, flagSetting, one } from "../model/node/settings.ts";
import type { Behaviour } from "./behaviour.ts";
import { type Addressing, addressingOf } from "./read-addresses.ts";
import { type Definitions, routeDevicesIn, trackedInterfacesIn, tracksIn } from "./read-tracks.ts";
import type { Authentication, Cast, InstanceSettings, Track, TrackedInterface } from "./settings.ts";

const SECOND = 1_000_000;
const OWNER = 255;

export interface InstanceContext {
  readonly configuration: Configuration;
  readonly behaviour: Behaviour;
  readonly definitions: Definitions;
  /** The sync group it is a member of. */
  readonly group: SyncGroup | undefined;
  /** Whether that group has a member with priority 255: its weights are 0 then. */
  readonly groupHasOwner: boolean;
}

/** A flag of the instance, else of global_defs. */
const toggle = (configuration: Configuration, instance: VrrpInstance, name: string): boolean | undefined =>
  flagValue(flagSetting(one(instance.item, name))) ?? flagValue(flagSetting(globalItem(configuration, `vrrp_${name}`)));

const flagValue = (flag: Flag | undefined): boolean | undefined => flag?.value;

export const globalItem = (configuration: Configuration, name: string): ConfigItem | undefined => configuration.globalStatement(name);

const isWritten = ({ item }: VrrpInstance, name: string): boolean => one(item, name) !== undefined;

/** An instance's settings, and what is written of it that the daemon judges as a whole. */
export interface CompletedInstance {
  readonly settings: InstanceSettings;
  readonly addressing: Addressing;
  readonly strict: boolean;
}

export const completedInstance = (
  instance: VrrpInstance,
  { configuration, behaviour, definitions, group, groupHasOwner }: InstanceContext,
): CompletedInstance => {
  const strict = isStrict(configuration, instance) === true;
  const own = instance.interface?.value;
  const addressing = addressingOf(instance, own ?? "", behaviour);
  const version = versionOf(configuration, addressing, strict);
  const priority = basePriority(instance) ?? 100;
  const isOwner = priority === OWNER;
  const written = initialState(instance) ?? "BACKUP";
  const authentication = authenticationOf(instance, behaviour, version, addressing.family, strict);
  const wants =
    (strict && instance.state !== undefined) || (authentication.kind === "AH" && !isOwner) ? (isOwner ? "MASTER" : "BACKUP") : written;
  const nopreempt = instance.nopreempt?.value === true && !isOwner && wants === "BACKUP";
  const preemptDelay = wants === "MASTER" || strict || nopreempt ? 0 : Math.round((instance.preemptDelay?.value ?? 0) * SECOND);
  const tracks = instanceTracks(configuration, instance, definitions, group, isOwner, groupHasOwner);
  const settings: InstanceSettings = {
    name: instance.name.value,
    vrid: instance.virtualRouterId?.value ?? 0,
    family: addressing.family,
    version,
    interface: own,
    wants,
    writtenOwner: instance.state?.value === "MASTER" && instance.priority?.value === OWNER,
    priority,
    advertInterval: advertMicroseconds(instance.advertInterval?.value ?? 1, version),
    downTimerAdverts: downTimerAdverts(configuration, instance),
    nopreempt,
    nopreemptWritten: instance.nopreempt?.value === true,
    preemptDelay,
    authentication,
    cast: castOf(configuration, instance, addressing, strict),
    source: addressing.source,
    addresses: addressing.addresses,
    excluded: addressing.excluded,
    skipsAddressCheck:
      isWritten(instance, "skip_check_adv_addr") || flagValue(flagSetting(globalItem(configuration, "vrrp_skip_check_adv_addr"))) === true,
    lowerPriorityNoAdvert: strict || toggle(configuration, instance, "lower_prio_no_advert") === true,
    higherPrioritySendsAdvert: !strict && toggle(configuration, instance, "higher_prio_send_advert") === true,
    ownerIgnoresAdverts: behaviour.ownersMayIgnoreAdverts && isOwner && ownerIgnores(configuration, instance, strict),
    fault: isWritten(instance, "unicast_fault_no_peer") && addressing.peers.length === 0 ? "it is unicast without a peer" : undefined,
    group: group?.name.value,
    interfaces: instanceInterfaces(instance, addressing, group, groupHasOwner),
    tracks: tracks.followed,
    awaits: tracks.awaits,
  };
  return { settings, addressing, strict };
};

/** Not `false`: with priority 255 that is refused and true is used (vrrp.c:3692). */
const ownerIgnores = (configuration: Configuration, instance: VrrpInstance, strict: boolean): boolean =>
  isWritten(instance, "owner_ignore_adverts") ||
  strict ||
  flagValue(flagSetting(globalItem(configuration, "vrrp_owner_ignore_adverts"))) === true;

const versionOf = ({ global }: Configuration, { family, version }: Addressing, strict: boolean): 2 | 3 => {
  if (family === 6) return version === 2 && !strict ? 2 : 3;
  return version ?? (global.vrrpVersion?.value === 3 ? 3 : 2);
};

/** Version 2 sends whole seconds, version 3 hundredths up to 40.95 (vrrp.c:3717). */
const advertMicroseconds = (seconds: number, version: 2 | 3): number => {
  const unit = version === 2 ? SECOND : SECOND / 100;
  const most = version === 2 ? 255 : 4095;
  return Math.min(most, Math.max(1, Math.round((seconds * SECOND) / unit))) * unit;
};

const authenticationOf = (instance: VrrpInstance, behaviour: Behaviour, version: 2 | 3, family: 4 | 6, strict: boolean): Authentication => {
  const hmac = behaviour.signsAdverts ? hmacOf(instance) : undefined;
  if (hmac !== undefined) return hmac;
  const { type, password } = instance.authentication ?? {};
  if (strict || version === 3 || password === undefined || password.value === "") return { kind: "none" };
  const kind = type?.value;
  if (kind !== "PASS" && kind !== "AH") return { kind: "none" };
  // A password that is a variable is taken to be the same wherever it is written the same way.
  const word = one(instance.authentication!.item, "auth_pass")?.args[0]?.value ?? "";
  return kind === "AH" && family === 6 ? { kind: "none" } : { kind, password: password.value ?? word };
};

const hmacOf = (instance: VrrpInstance): Authentication | undefined => {
  const block = one(instance.item, "auth_hmac");
  if (block === undefined) return undefined;
  const keys = new Map(
    all(block, "key").flatMap(({ args: [id, value] }) =>
      id === undefined || value === undefined ? [] : [[id.value, value.value] as const],
    ),
  );
  const active = one(block, "active_key")?.args[0]?.value;
  if (active === undefined || !keys.has(active)) return undefined;
  return { kind: "HMAC", keys, active, enforce: (one(block, "mode")?.args[0]?.value ?? "enforce") === "enforce" };
};

const castOf = (
  { global, tree }: Configuration,
  instance: VrrpInstance,
  { peers, family, group, peerLimits }: Addressing,
  strict: boolean,
): Cast => {
  if (peers.length > 0) {
    const globally = tree.items.some(
      ({ keyword, items }) => keyword.value === "global_defs" && items.some((item) => item.keyword.value === "vrrp_check_unicast_src"),
    );
    return {
      kind: "unicast",
      peers,
      checksSource: peerLimits || globally || isWritten(instance, "check_unicast_src"),
      // Unicast through a VMAC needs vmac_xmit_base, which strict mode takes back (vrrp.c:3461 at v2.2.7); later releases end.
      onVmac: strict && isWritten(instance, "use_vmac"),
    };
  }
  const stated = family === 4 ? global.multicastGroup4?.value : global.multicastGroup6?.value;
  return {
    kind: "multicast",
    group: group ?? (stated === undefined ? (family === 4 ? "224.0.0.18" : "ff02::12") : canonicalAddress(stated)),
  };
};

/**
 * The interfaces whose loss it notices: those it lists, its own, those of its addresses, routes and rules, and those of
 * its group. A second mention without weight takes the weight of the first away (vrrp.c add_vrrp_to_interface).
 */
const instanceInterfaces = (
  instance: VrrpInstance,
  { addresses, excluded }: Addressing,
  group: SyncGroup | undefined,
  groupHasOwner: boolean,
): readonly TrackedInterface[] => {
  const own = instance.interface?.value;
  const ignoresOwn = isWritten(instance, "dont_track_primary");
  const found = new Map<string, TrackedInterface>();
  const add = (tracked: TrackedInterface): void => {
    const before = found.get(tracked.name);
    if (before === undefined || before.weight !== 0) found.set(tracked.name, tracked);
  };
  for (const tracked of trackedInterfacesIn(instance)) if (tracked.name !== own) add(tracked);
  const implied = [
    ...(own === undefined ? [] : [own]),
    ...[...addresses, ...excluded].flatMap(({ device, tracked }) => (tracked ? [device] : [])),
  ];
  for (const name of implied) if (name !== own || !ignoresOwn) add({ name, weight: 0, reverse: false });
  for (const name of routeDevicesIn(instance).tracked) add({ name, weight: 0, reverse: false });
  if (group !== undefined) for (const tracked of trackedInterfacesIn(group)) add(groupHasOwner ? { ...tracked, weight: 0 } : tracked);
  return [...found.values()].filter(({ name }) => name !== "");
};

/**
 * With priority 255, or in a group without sync_group_tracking_weight, weighted scripts and sessions are dropped and
 * files lose their weight; processes keep theirs (vrrp.c:4303). The group's own tracks are added behind.
 */
const instanceTracks = (
  configuration: Configuration,
  instance: VrrpInstance,
  definitions: Definitions,
  group: SyncGroup | undefined,
  isOwner: boolean,
  groupHasOwner: boolean,
): { readonly followed: readonly Track[]; readonly awaits: readonly string[] } => {
  const weightless = isOwner || (group !== undefined && group.trackingWeight?.value !== true);
  const own = tracksIn(configuration, instance, definitions).flatMap((track) => {
    if (!weightless || track.weight === 0 || track.kind === "process") return [track];
    return track.kind === "file" && track.weight === 1 ? [{ ...track, weight: 0 }] : [];
  });
  const groups =
    group === undefined
      ? []
      : tracksIn(configuration, group, definitions).map((track) => (groupHasOwner ? { ...track, weight: 0 } : track));
  const followed = new Map<string, Track>();
  for (const { kind, name, weight, reverse } of [...own, ...groups]) {
    const key = `${kind} ${name}`;
    const before = followed.get(key);
    if (before === undefined || before.weight !== 0) followed.set(key, { name: key, weight, reverse });
  }
  return {
    followed: [...followed.values()],
    awaits: [...own, ...groups].filter(({ kind, weight }) => kind === "script" && weight === 0).map(({ kind, name }) => `${kind} ${name}`),
  };
};
