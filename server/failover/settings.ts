/**
 * What the daemon of one node works with after it has read its configuration: plain data, defaults applied and
 * contradictions resolved as its version resolves them. Times are microseconds, as in the daemon.
 */
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { Behaviour } from "./behaviour.ts";

export interface DaemonSettings {
  readonly node: string;
  readonly version: Version;
  readonly behaviour: Behaviour;
  /** Why the daemon ends as soon as it has started; undefined when it runs. */
  readonly exit: string | undefined;
  readonly startupDelay: number;
  readonly instances: readonly InstanceSettings[];
  readonly groups: readonly GroupSettings[];
  /** What instances and groups track, by name: scripts that are run, and processes and files that are watched. */
  readonly trackers: ReadonlyMap<string, TrackerSettings>;
  readonly interfaces: ReadonlyMap<string, InterfaceSettings>;
}

export interface InterfaceSettings {
  readonly name: string;
  /** What else is connected: interfaces of one segment hear each other. */
  readonly segment: string;
  /** Undefined when nobody stated them. */
  readonly addresses: readonly OwnAddress[] | undefined;
}

export interface OwnAddress {
  readonly address: string;
  readonly prefix: number;
}

export type Authentication =
  | { readonly kind: "none" }
  | { readonly kind: "PASS" | "AH"; readonly password: string }
  /** auth_hmac: the keys by number; `enforce` drops what is not signed. */
  | { readonly kind: "HMAC"; readonly keys: ReadonlyMap<string, string>; readonly active: string; readonly enforce: boolean };

export type Cast =
  | { readonly kind: "multicast"; readonly group: string }
  | {
      readonly kind: "unicast";
      readonly peers: readonly string[];
      readonly checksSource: boolean;
      /** Its socket is on a VMAC without an address: nothing gets out or in. */
      readonly onVmac: boolean;
    };

export interface VirtualAddressSettings {
  readonly address: string;
  readonly prefix: number;
  readonly device: string;
}

export interface InstanceSettings {
  readonly name: string;
  readonly vrid: number;
  readonly family: 4 | 6;
  readonly version: 2 | 3;
  readonly interface: string | undefined;
  /** Where it wants to begin: MASTER is reached at once with priority 255 only. */
  readonly wants: "MASTER" | "BACKUP";
  /** `state MASTER` and `priority 255` are both written: only then a sync group counts it as an owner. */
  readonly writtenOwner: boolean;
  readonly priority: number;
  readonly advertInterval: number;
  readonly downTimerAdverts: number;
  readonly nopreempt: boolean;
  /** It is written, whatever became of it. */
  readonly nopreemptWritten: boolean;
  /** 0 is none. */
  readonly preemptDelay: number;
  readonly authentication: Authentication;
  readonly cast: Cast;
  /** mcast_src_ip or unicast_src_ip. */
  readonly source: string | undefined;
  /** In the adverts. */
  readonly addresses: readonly VirtualAddressSettings[];
  /** Not in the adverts. */
  readonly excluded: readonly VirtualAddressSettings[];
  readonly skipsAddressCheck: boolean;
  readonly lowerPriorityNoAdvert: boolean;
  readonly higherPrioritySendsAdvert: boolean;
  readonly ownerIgnoresAdverts: boolean;
  /** What keeps it in FAULT for ever. */
  readonly fault: string | undefined;
  /** The name of its sync group. */
  readonly group: string | undefined;
  readonly interfaces: readonly TrackedInterface[];
  readonly tracks: readonly Track[];
  /** Unweighted scripts it must hear of before it leaves its first FAULT, each as often as it is listed. */
  readonly awaits: readonly string[];
}

/** Weight 0: FAULT when it fails. */
export interface Track {
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
}

export interface TrackedInterface {
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
}

export interface GroupSettings {
  readonly name: string;
  readonly members: readonly string[];
}

export type TrackerSettings =
  | { readonly kind: "script"; readonly name: string; readonly interval: number; readonly rise: number; readonly fall: number }
  /** `number`: what the file holds when the daemon starts. It "fails" with a number other than 0. */
  | { readonly kind: "file"; readonly name: string; readonly number: number }
  /** Known at once. */
  | { readonly kind: "process" | "bfd"; readonly name: string };
