/** Starting and ending the daemon of a node (vrrp.c vrrp_complete_init, vrrp_scheduler.c vrrp_init_state). */
import { parseAddress } from "../../grammar/vocabulary/values.ts";
import { goDown } from "./faults.ts";
import { advertise } from "./network.ts";
import type { InstanceSettings } from "./settings.ts";
import { masterDown, smallestSkew } from "./timers.ts";
import { initialTracking, startScript } from "./tracking.ts";
import { rearm, removeAddresses } from "./transitions.ts";
import {
  addressKey,
  type DaemonState,
  type GroupState,
  type InstanceState,
  isUp,
  type NodeState,
  type State,
  type TrackerState,
  type World,
} from "./world.ts";

/** From the command to the first packet. */
const STARTING = 30_000;

export const startDaemon = (world: World, node: NodeState, after = 0): void => {
  if (node.daemon !== undefined || node.off) return;
  world.queue.plan(world.now + after + STARTING + world.luck.startDelay(node.index), () => {
    if (node.daemon !== undefined || node.off) return;
    if (node.settings.exit === undefined) run(world, node);
    else node.dead = "ended";
  });
};

const run = (world: World, node: NodeState): void => {
  const { settings } = node;
  const daemon: DaemonState = {
    node,
    startedAt: world.now,
    delayedUntil: world.now + settings.startupDelay,
    instances: [],
    byVrid: new Map(),
    groups: [],
    trackers: [],
  };
  node.daemon = daemon;
  removeLeftovers(world, node);
  const virtual = new Set(
    settings.instances.flatMap(({ addresses, excluded }) =>
      [...addresses, ...excluded].map(({ device, address }) => `${device} ${address}`),
    ),
  );
  daemon.groups = settings.groups.map((group): GroupState => ({ settings: group, members: [], state: "INIT", faulty: 0, initial: 0 }));
  daemon.instances = settings.instances.map((instance) => instanceState(world, daemon, virtual, instance));
  const byVrid = new Map<number, InstanceState[]>();
  for (const instance of daemon.instances) {
    const same = byVrid.get(instance.settings.vrid);
    if (same === undefined) byVrid.set(instance.settings.vrid, [instance]);
    else same.push(instance);
  }
  daemon.byVrid = byVrid;
  for (const group of daemon.groups)
    group.members = group.settings.members.flatMap(
      (name) => daemon.instances.find((instance) => instance.settings.name === name && instance.group === group) ?? [],
    );
  const followed = new Set(settings.instances.flatMap(({ tracks }) => tracks.map(({ name }) => name)));
  daemon.trackers = [...settings.trackers]
    .filter(([key]) => followed.has(key))
    .map(([key, tracker]): TrackerState => ({
      key,
      settings: tracker,
      result: tracker.kind === "script" ? tracker.rise - 1 : 0,
      initial: true,
    }));
  initialTracking(world, daemon);
  for (const group of daemon.groups) beginGroup(group);
  for (const instance of daemon.instances) begin(instance);
  for (const instance of daemon.instances) {
    rearm(world, instance);
    if (lacksSource(node, instance)) goDown(world, instance, "source");
  }
  for (const tracker of daemon.trackers) startScript(world, daemon, tracker);
};

const instanceState = (world: World, daemon: DaemonState, virtual: ReadonlySet<string>, settings: InstanceSettings): InstanceState => {
  const { node } = daemon;
  const source = sourceOf(node, virtual, settings);
  const instance: InstanceState = {
    settings,
    node,
    group: daemon.groups.find((group) => group.settings.name === settings.group),
    source: source === "unknown" ? `unknown address of ${node.name}` : source,
    sourceKey: source === undefined || source === "unknown" ? `~${world.luck.addressRank(node.index)}` : numericKey(source),
    state: "INIT",
    wanted: settings.wants,
    basePriority: settings.priority,
    totalPriority: settings.priority,
    priority: settings.priority,
    masterInterval: settings.advertInterval,
    downTimer: 0,
    expires: undefined,
    timer: undefined,
    addressesSet: false,
    preemptAt: 0,
    masterSource: undefined,
    faults: new Map(),
    awaited: 0,
    rogueCount: 0,
    rogueInterval: 0,
    rogueTimer: undefined,
    turn: { kind: "start" },
    masterSince: world.now,
    heard: undefined,
    refusals: new Map(),
  };
  return instance;
};

/** Addresses compare by number. */
const numericKey = (address: string): string =>
  (parseAddress(address)?.parts ?? []).map((part) => part.toString(16).padStart(4, "0")).join("");

/**
 * The configured source, else the first address of the interface that is no virtual one: those are removed at start
 * (vrrp.c remove_residual_vips). For IPv6 it is the link-local address, which every interface has. "unknown" where
 * nobody stated it, undefined where there is none.
 */
const sourceOf = (
  node: NodeState,
  virtual: ReadonlySet<string>,
  { source, interface: name, family }: InstanceSettings,
): string | undefined => {
  if (source !== undefined) return source;
  const { interfaces } = node.settings;
  const own = name === undefined ? undefined : interfaces.get(name);
  if (own === undefined) return interfaces.size === 0 ? "unknown" : undefined;
  if (family === 6) return own.addresses?.find(({ address }) => /^fe[89ab]/u.test(address))?.address ?? "unknown";
  const kept = own.addresses?.filter(({ address }) => parseAddress(address)?.family === 4 && !virtual.has(`${name} ${address}`));
  return kept === undefined ? "unknown" : kept[0]?.address;
};

/** A unicast socket is bound to the source address; older releases must find it on the machine. */
const lacksSource = ({ settings }: NodeState, { settings: { cast, source } }: InstanceState): boolean => {
  if (settings.behaviour.bindsForeignSource || cast.kind !== "unicast" || source === undefined) return false;
  const known = [...settings.interfaces.values()];
  return (
    known.length > 0 && known.every(({ addresses }) => addresses !== undefined && !addresses.some(({ address }) => address === source))
  );
};

/** Virtual addresses that are on the interfaces already are taken away. */
const removeLeftovers = (world: World, node: NodeState): void => {
  world.beforeChange();
  for (const { addresses, excluded } of node.settings.instances)
    for (const { device, address, prefix } of [...addresses, ...excluded]) node.held.delete(addressKey(device, address, prefix));
};

/** A group begins as MASTER when all its members own their addresses, in FAULT when one of them is, and waits for scripts. */
const beginGroup = (group: GroupState): void => {
  group.state = group.members.every(({ settings }) => settings.writtenOwner) ? "MASTER" : "BACKUP";
  for (const member of group.members) {
    if (!isUp(member)) {
      group.state = "FAULT";
      group.faulty++;
    }
    if (member.awaited > 0) {
      group.initial++;
      if (group.state !== "FAULT") group.state = "INIT";
    }
  }
  const wantsMaster = group.members.some(({ wanted }) => wanted === "MASTER");
  const hasBackup = group.members.some(({ wanted, basePriority }) => wanted === "BACKUP" || basePriority !== 255);
  if (wantsMaster && hasBackup) for (const member of group.members) if (member.wanted === "MASTER") member.wanted = "BACKUP";
};

const begin = (instance: InstanceState): void => {
  const { group } = instance;
  const faulty = !isUp(instance) || group?.state === "FAULT";
  if (faulty) instance.wanted = "FAULT";
  const target: State = group?.state ?? instance.wanted;
  const ready = !faulty && instance.awaited === 0 && (group === undefined || group.initial === 0);
  if (ready && target === "MASTER" && instance.basePriority === 255 && instance.wanted === "MASTER") {
    instance.state = "BACKUP";
    instance.downTimer = 1;
    instance.turn = { kind: "owner" };
    return;
  }
  instance.downTimer =
    target === "BACKUP" && instance.wanted === "MASTER" ? instance.masterInterval + smallestSkew(instance) : masterDown(instance);
  instance.state = ready ? "BACKUP" : "FAULT";
  instance.turn = { kind: ready ? "start" : "fault" };
};

/** An orderly end: masters resign and take their addresses away. */
export const stopDaemon = (world: World, node: NodeState): void => {
  for (const instance of node.daemon?.instances ?? []) {
    if (instance.state !== "MASTER") continue;
    advertise(world, instance, 0);
    removeAddresses(world, instance);
  }
  forget(node);
  node.dead = "stopped";
};

/** Power off: no farewell, and nothing stays. */
export const crashNode = (world: World, node: NodeState): void => {
  world.beforeChange();
  forget(node);
  node.held.clear();
  node.off = true;
  node.dead = "crashed";
};

const forget = (node: NodeState): void => {
  for (const instance of node.daemon?.instances ?? []) {
    if (instance.timer !== undefined) instance.timer.cancelled = true;
    if (instance.rogueTimer !== undefined) instance.rogueTimer.cancelled = true;
  }
  node.daemon = undefined;
};
