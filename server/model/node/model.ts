/**
 * What one host's keepalived would hold after reading its configuration, every value with its site. "Not written" and
 * "written with the default" stay apart; named readers in defaults.ts apply the daemon's defaults.
 */
import type { Expansion } from "../../../grammar/keepalived/expand.ts";
import type { Site, Sited } from "../../../grammar/text.ts";
import type { Command } from "./command.ts";
import type { ConfigItem, ConfigTree } from "./items.ts";
import type { Flag, Setting } from "./settings.ts";
import type { Damage } from "./lost.ts";
import type { Source } from "./source.ts";
import type { SymbolTable } from "./symbols.ts";

export interface Configuration {
  /** The entry file. */
  readonly file: string;
  readonly configId?: string;
  readonly expansion: Expansion;
  /** The lines it was written in, for rules about the text and for fixes. */
  readonly source: Source;
  /** What lost braces did to the tree. */
  readonly damage: () => Damage;
  readonly tree: ConfigTree;
  readonly global: GlobalSettings;
  /** The last statement of a name in global_defs: the one that counts for most. */
  readonly globalStatement: (name: string) => ConfigItem | undefined;
  readonly instances: readonly VrrpInstance[];
  readonly syncGroups: readonly SyncGroup[];
  /** The sync group of every instance that is in one, by the instance's name: the first that lists it (vrrp_sync.c:69). */
  readonly groupsByInstance: () => ReadonlyMap<string, SyncGroup>;
  readonly scripts: readonly VrrpScript[];
  readonly virtualServers: readonly VirtualServer[];
  readonly virtualServerGroups: readonly VirtualServerGroup[];
  /** The group that a service names: the first of that name. */
  readonly groupOf: (service: ServiceAddress) => VirtualServerGroup | undefined;
  /** Addresses of static_ipaddress: the host's own, put there by keepalived. */
  readonly staticAddresses: readonly VirtualAddress[];
  readonly symbols: SymbolTable;
}

export interface GlobalSettings {
  readonly routerId?: Setting<string>;
  readonly vrrpVersion?: Setting<number>;
  readonly strict?: Flag;
  readonly multicastGroup4?: Setting<string>;
  readonly multicastGroup6?: Setting<string>;
  readonly scriptUser?: Setting<string>;
  readonly scriptSecurity?: Flag;
  readonly dynamicInterfaces?: Flag;
  readonly lvsSyncDaemon?: ConfigItem;
}

export interface VirtualAddress {
  readonly item: ConfigItem;
  /** As written, with its prefix. */
  readonly text: string;
  readonly site: Site;
  /** Canonical, without prefix, equal for equal addresses; undefined when it cannot be read. */
  readonly address?: string;
  readonly family?: 4 | 6;
  readonly prefix?: number;
  readonly device?: Sited<string>;
}

export interface Authentication {
  readonly item: ConfigItem;
  readonly type?: Setting<string>;
  /** Secret: it may be compared, never shown. */
  readonly password?: Setting<string>;
}

export interface TrackEntry {
  readonly item: ConfigItem;
  readonly name: Setting<string>;
  readonly weight?: Setting<number>;
  readonly reverse: boolean;
}

export type NotifyEvent = "master" | "backup" | "fault" | "stop" | "deleted" | "master-rx-lower-priority" | "any";

export interface Notify {
  readonly event: NotifyEvent;
  readonly command: Command;
}

/** What instances and sync groups both have. */
export interface Tracking {
  readonly trackScripts: readonly TrackEntry[];
  readonly trackInterfaces: readonly TrackEntry[];
  readonly trackFiles: readonly TrackEntry[];
  readonly trackProcesses: readonly TrackEntry[];
  readonly trackBfds: readonly TrackEntry[];
}

export interface VrrpInstance extends Tracking {
  readonly kind: "vrrpInstance";
  readonly item: ConfigItem;
  readonly name: Sited<string>;
  readonly state?: Setting<string>;
  readonly interface?: Setting<string>;
  readonly virtualRouterId?: Setting<number>;
  readonly priority?: Setting<number>;
  readonly advertInterval?: Setting<number>;
  readonly version?: Setting<number>;
  readonly nopreempt?: Flag;
  readonly preemptDelay?: Setting<number>;
  readonly authentication?: Authentication;
  readonly virtualAddresses: readonly VirtualAddress[];
  readonly excludedAddresses: readonly VirtualAddress[];
  readonly unicastSource?: Setting<string>;
  readonly unicastPeers: readonly Setting<string>[];
  readonly multicastGroup?: Setting<string>;
  readonly strict?: Flag;
  readonly nativeIpv6?: Flag;
  readonly useVmac?: Flag;
  readonly notify: readonly Notify[];
}

export interface SyncGroup extends Tracking {
  readonly kind: "syncGroup";
  readonly item: ConfigItem;
  readonly name: Sited<string>;
  readonly members: readonly Setting<string>[];
  readonly trackingWeight?: Flag;
  readonly notify: readonly Notify[];
}

export interface VrrpScript {
  readonly kind: "vrrpScript";
  readonly item: ConfigItem;
  readonly name: Sited<string>;
  readonly command?: Command;
  readonly interval?: Setting<number>;
  readonly timeout?: Setting<number>;
  readonly weight?: Setting<number>;
  readonly rise?: Setting<number>;
  readonly fall?: Setting<number>;
  readonly user?: Setting<string>;
}

export type ServiceAddress =
  | { readonly kind: "address"; readonly address: Setting<string>; readonly port?: Setting<number>; readonly site: Site }
  | { readonly kind: "fwmark"; readonly mark?: Setting<number>; readonly site: Site }
  | { readonly kind: "group"; readonly name?: Setting<string>; readonly site: Site };

export interface VirtualServer {
  readonly kind: "virtualServer";
  readonly item: ConfigItem;
  readonly service: ServiceAddress;
  readonly scheduler?: Setting<string>;
  /** `lb_kind`, `lvs_method`: NAT, DR, TUN. */
  readonly forwarding?: Setting<string>;
  readonly protocol?: Setting<string>;
  readonly persistence?: ConfigItem;
  readonly delayLoop?: Setting<number>;
  readonly quorum?: Setting<number>;
  readonly quorumUp?: Command;
  readonly quorumDown?: Command;
  readonly realServers: readonly RealServer[];
  readonly sorryServer?: { readonly address: Setting<string>; readonly port?: Setting<number> };
}

export interface RealServer {
  readonly kind: "realServer";
  readonly item: ConfigItem;
  readonly address: Setting<string>;
  readonly port?: Setting<number>;
  readonly weight?: Setting<number>;
  readonly forwarding?: Setting<string>;
  readonly notifyUp?: Command;
  readonly notifyDown?: Command;
  readonly checkers: readonly Checker[];
}

export interface Checker {
  readonly kind: "checker";
  readonly item: ConfigItem;
  /** TCP_CHECK, HTTP_GET, MISC_CHECK, … */
  readonly type: Sited<string>;
  readonly connectAddress?: Setting<string>;
  readonly connectPort?: Setting<number>;
  readonly connectTimeout?: Setting<number>;
  /** `misc_path` of a MISC_CHECK. */
  readonly command?: Command;
}

export interface VirtualServerGroup {
  readonly kind: "virtualServerGroup";
  readonly item: ConfigItem;
  readonly name: Sited<string>;
  readonly entries: readonly ServiceAddress[];
}
