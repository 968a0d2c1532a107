/**
 * The state machine: becoming master, leaving it, falling into FAULT and coming back, and the sync groups that carry
 * their members along (vrrp.c vrrp_state_…, vrrp_sync.c). The two call each other, as in the daemon.
 */
import { advertise } from "./network.ts";
import { masterDown, restartTimer, setExpiry, skew } from "./timers.ts";
import { addressKey, type GroupState, type InstanceState, type State, type Turn, type World } from "./world.ts";

/** Restarts the timer of the state it is in. */
export const rearm = (world: World, instance: InstanceState): void => restartTimer(world, instance, (expired) => onTimer(world, expired));

/** Lets the running timer end at another time. */
export const expireAt = (world: World, instance: InstanceState, at: number): void =>
  setExpiry(world, instance, at, (expired) => onTimer(world, expired));

const onTimer = (world: World, instance: InstanceState): void => {
  const before = instance.state;
  if (before === "BACKUP") {
    instance.wanted = "MASTER";
    goMaster(world, instance, turnOfTimeout(world, instance));
  } else if (before === "MASTER") sendAsMaster(world, instance);
  followGroup(world, instance, before);
  rearm(world, instance);
};

/** Why the master-down timer ended: nobody was heard, the master resigned, or a weaker one was ignored. */
const turnOfTimeout = (world: World, { turn, heard, priority, downTimer, settings }: InstanceState): Turn => {
  if (turn.kind === "resigned" || turn.kind === "owner") return turn;
  const recent =
    heard !== undefined && heard.priority < priority && world.now - heard.at < settings.downTimerAdverts * settings.advertInterval;
  return recent ? { kind: "preempted", from: heard.from.node.name, priority: heard.priority } : { kind: "silence", downTimer };
};

/** A member that changed takes its group along. */
export const followGroup = (world: World, instance: InstanceState, before: State): void => {
  const { group, state } = instance;
  if (group === undefined) return;
  if (state === "MASTER") groupToMaster(world, group, instance);
  else if (before === "MASTER" && state === "BACKUP") groupToBackup(world, group, instance);
};

/** Takes over, unless its group holds it back. */
export const goMaster = (world: World, instance: InstanceState, turn: Turn): void => {
  if (instance.group !== undefined && !groupMayGoMaster(world, instance.group, instance)) {
    instance.wanted = "MASTER";
    return;
  }
  instance.state = "MASTER";
  instance.turn = turn;
  instance.masterSince = world.now;
  rearm(world, instance);
  sendAsMaster(world, instance);
};

const sendAsMaster = (world: World, instance: InstanceState): void => {
  advertise(world, instance, instance.priority);
  if (!instance.addressesSet) {
    if (instance.node.settings.behaviour.ownersCompareAddresses && instance.basePriority === 255)
      instance.priority = instance.totalPriority = 255;
    setAddresses(world, instance);
  } else if (instance.basePriority === 255 && instance.rogueCount > 0 && --instance.rogueCount === 0) {
    const patience = Math.floor((Math.max(instance.rogueInterval, instance.settings.advertInterval) * 12) / 10);
    instance.rogueTimer = world.queue.plan(world.now + patience, () => {
      instance.rogueTimer = undefined;
    });
  }
};

const setAddresses = (world: World, instance: InstanceState): void => {
  world.beforeChange();
  for (const { device, address, prefix } of [...instance.settings.addresses, ...instance.settings.excluded])
    instance.node.held.add(addressKey(device, address, prefix));
  instance.addressesSet = true;
};

/** Takes its addresses away, also from another instance of the node that holds the same one and does not notice (observed). */
export const removeAddresses = (world: World, instance: InstanceState): void => {
  world.beforeChange();
  instance.addressesSet = false;
  for (const { device, address, prefix } of [...instance.settings.addresses, ...instance.settings.excluded])
    instance.node.held.delete(addressKey(device, address, prefix));
};

/** The kernel took one of its addresses: back to BACKUP, and to MASTER again after the skew (keepalived_netlink.c set_vrrp_backup). */
export const stepAside = (world: World, instance: InstanceState): void => {
  if (instance.state !== "MASTER" || instance.node.daemon?.instances.includes(instance) !== true) return;
  const members = instance.group?.members ?? [instance];
  for (const member of members) {
    if (member.state !== "MASTER") continue;
    member.wanted = "BACKUP";
    advertise(world, member, 0);
    leaveMaster(world, member, { kind: "group" });
    member.downTimer = skew(member);
    rearm(world, member);
  }
  if (instance.group !== undefined) instance.group.state = "BACKUP";
};

/** To what it wants instead: BACKUP, or FAULT with a farewell to the peers. */
export const leaveMaster = (world: World, instance: InstanceState, turn: Turn): void => {
  if (instance.wanted === "BACKUP") instance.preemptAt = 0;
  else if (instance.wanted === "FAULT") advertise(world, instance, 0);
  else return;
  removeAddresses(world, instance);
  instance.state = instance.wanted;
  instance.turn = turn;
  instance.downTimer = masterDown(instance);
  rearm(world, instance);
  if (instance.rogueTimer === undefined) instance.rogueCount = 0;
  else instance.rogueTimer.cancelled = true;
  instance.rogueTimer = undefined;
};

/** From FAULT, or into it from anything but MASTER. */
export const leaveFault = (world: World, instance: InstanceState, turn: Turn): void => {
  if (instance.wanted === "MASTER") goMaster(world, instance, turn);
  else {
    if (instance.wanted === "FAULT" && instance.state === "MASTER") {
      advertise(world, instance, 0);
      removeAddresses(world, instance);
    }
    instance.state = instance.wanted;
    instance.turn = turn;
    if (instance.state === "BACKUP") instance.preemptAt = 0;
  }
  instance.masterInterval = instance.settings.advertInterval;
  instance.downTimer = masterDown(instance);
  rearm(world, instance);
};

/** Only when all its members want to: the others are given time for that. */
export const groupMayGoMaster = (world: World, group: GroupState, instance: InstanceState): boolean => {
  if (group.state === "MASTER" || group.members.every((member) => member === instance || member.wanted === "MASTER")) return true;
  instance.downTimer = masterDown(instance);
  rearm(world, instance);
  return false;
};

export const groupToMaster = (world: World, group: GroupState, instance: InstanceState): void => {
  if (group.state === "MASTER" || !groupMayGoMaster(world, group, instance)) return;
  for (const member of group.members) {
    if (member === instance || member.state === "MASTER") continue;
    member.wanted = "MASTER";
    goMaster(world, member, { kind: "group" });
  }
  group.state = "MASTER";
};

export const groupToBackup = (world: World, group: GroupState, instance: InstanceState): void => {
  if (group.state === "BACKUP") return;
  for (const member of group.members) {
    if (member === instance || member.state === "BACKUP") continue;
    member.wanted = "BACKUP";
    if (member.state === "FAULT" || member.state === "INIT") leaveFault(world, member, { kind: "group" });
    else leaveMaster(world, member, { kind: "group" });
  }
  group.state = "BACKUP";
};

export const groupToFault = (world: World, group: GroupState, instance: InstanceState): void => {
  if (group.state === "FAULT") return;
  for (const member of group.members) {
    if (member === instance || member.state === "FAULT") continue;
    member.wanted = "FAULT";
    if (member.state === "MASTER") leaveMaster(world, member, { kind: "group" });
    else leaveFault(world, member, { kind: "group" });
  }
  group.state = "FAULT";
};
