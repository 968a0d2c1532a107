/** Everything that changes while the simulation runs. Times are microseconds since its beginning. */
import type { Advert } from "./advert.ts";
import type { EventQueue, PlannedEvent } from "./queue.ts";
import type { DaemonSettings, GroupSettings, InstanceSettings, TrackerSettings } from "./settings.ts";

export type State = "INIT" | "BACKUP" | "MASTER" | "FAULT";

export interface World {
  now: number;
  /** When the running step began. */
  stepBegan: number;
  /** Events run so far; the simulation ends when there are too many. */
  ran: number;
  readonly queue: EventQueue;
  readonly nodes: readonly NodeState[];
  /** Which part of a segment a node is in; a node that is not listed is in part 0. */
  readonly parts: Map<string, ReadonlyMap<string, number>>;
  readonly luck: Luck;
  /** What an instance does with an advert that reaches it. */
  readonly receive: (instance: InstanceState, advert: Advert) => void;
  /** Called before an address comes or goes. */
  readonly beforeChange: () => void;
}

/** What is up to chance, chosen: how late each node's daemon starts and its timers fire, and whose unknown address is higher. */
export interface Luck {
  readonly startDelay: (node: number) => number;
  readonly timerDelay: (node: number) => number;
  /** Added to the settling time before every step, so that steps fall between other adverts. */
  readonly phase: number;
  readonly addressRank: (node: number) => number;
}

export interface NodeState {
  readonly index: number;
  readonly name: string;
  readonly settings: DaemonSettings;
  /** Power is off: no link, no address. */
  off: boolean;
  readonly links: Map<string, Link>;
  /** Virtual addresses on the node's interfaces, as "DEVICE ADDRESS/PREFIX". */
  readonly held: Set<string>;
  /** Own IPv6 addresses that went with an interface that was switched off. */
  readonly lost: Set<string>;
  /** Trackers that fail. */
  readonly failing: Set<string>;
  daemon: DaemonState | undefined;
  /** Why it does not run. */
  dead: "not started" | "stopped" | "crashed" | "ended";
}

export interface Link {
  carrier: boolean;
  admin: boolean;
}

export interface DaemonState {
  readonly node: NodeState;
  readonly startedAt: number;
  /** End of vrrp_startup_delay. */
  delayedUntil: number;
  instances: readonly InstanceState[];
  /** The same, for whoever looks for the receivers of an advert. */
  byVrid: ReadonlyMap<number, readonly InstanceState[]>;
  groups: readonly GroupState[];
  trackers: readonly TrackerState[];
}

export type FaultCause = "tracker" | "interface" | "source" | "configuration";

/** Why an instance last changed its state or kept it. */
export type Turn =
  | { readonly kind: "start" }
  | { readonly kind: "owner" }
  | { readonly kind: "silence"; readonly downTimer: number }
  | { readonly kind: "resigned"; readonly by: string }
  | { readonly kind: "yielded"; readonly to: string; readonly priority: number; readonly byAddress: boolean }
  | { readonly kind: "preempted"; readonly from: string; readonly priority: number }
  | { readonly kind: "fault" }
  | { readonly kind: "recovered" }
  | { readonly kind: "group" };

export interface InstanceState {
  readonly settings: InstanceSettings;
  readonly node: NodeState;
  readonly group: GroupState | undefined;
  /** The address its adverts come from; undefined when its interface has none. */
  readonly source: string | undefined;
  readonly sourceKey: string;
  state: State;
  wanted: State;
  /** 254 once two owners met, in releases that remember it. */
  basePriority: number;
  totalPriority: number;
  priority: number;
  /** The master's interval, which version 3 learns. */
  masterInterval: number;
  downTimer: number;
  expires: number | undefined;
  timer: PlannedEvent | undefined;
  addressesSet: boolean;
  /** End of preempt_delay; 0 when it does not run. */
  preemptAt: number;
  masterSource: string | undefined;
  readonly faults: Map<FaultCause, number>;
  /** Scripts it has yet to hear of. */
  awaited: number;
  rogueCount: number;
  rogueInterval: number;
  rogueTimer: PlannedEvent | undefined;
  turn: Turn;
  /** When it last became MASTER. */
  masterSince: number;
  /** The last advert it took notice of, and those it refused, by sender. */
  heard: { readonly from: InstanceState; readonly priority: number; readonly at: number } | undefined;
  readonly refusals: Map<InstanceState, { readonly reason: string; readonly at: number }>;
}

export interface GroupState {
  readonly settings: GroupSettings;
  members: readonly InstanceState[];
  state: State;
  faulty: number;
  initial: number;
}

export interface TrackerState {
  readonly key: string;
  readonly settings: TrackerSettings;
  result: number;
  initial: boolean;
}

export const isUp = ({ faults }: InstanceState): boolean => [...faults.values()].every((count) => count === 0);

export const linkIsUp = (node: NodeState, name: string): boolean => {
  if (node.off) return false;
  const link = node.links.get(name);
  return link === undefined ? node.settings.interfaces.size === 0 || name === "lo" : link.carrier && link.admin;
};

export const addressKey = (device: string, address: string, prefix: number): string => `${device} ${address}/${prefix}`;
