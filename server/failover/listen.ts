/** What an instance does with an advert: as a backup, as a master (vrrp.c vrrp_state_backup, vrrp_state_master_rx). */
import { type Advert, refusalOf } from "./advert.ts";
import { advertise } from "./network.ts";
import { masterDown, skew } from "./timers.ts";
import { followGroup, leaveMaster, rearm } from "./transitions.ts";
import type { InstanceState, World } from "./world.ts";

/** An advert came up from the socket. */
export const receive = (world: World, instance: InstanceState, advert: Advert): void => {
  const { node, state } = instance;
  if (node.daemon === undefined || state === "FAULT" || state === "INIT") return;
  if (node.settings.behaviour.deafDuringStartupDelay && world.now < node.daemon.delayedUntil) return;
  const refused = refusalOf(instance, advert);
  if (refused !== undefined) instance.refusals.set(advert.from, { reason: refused, at: world.now });
  if (state === "BACKUP") asBackup(world, instance, advert, refused === undefined);
  else if (refused === undefined && asMaster(world, instance, advert))
    leaveMaster(world, instance, {
      kind: "yielded",
      to: advert.from.node.name,
      priority: advert.priority,
      byAddress: advert.priority === instance.priority,
    });
  followGroup(world, instance, state);
  // A master's timer begins anew with whatever it hears, since it has mostly answered.
  if (instance.state !== "MASTER" || !instance.settings.lowerPriorityNoAdvert) rearm(world, instance);
};

const asBackup = (world: World, instance: InstanceState, advert: Advert, taken: boolean): void => {
  const { settings, node } = instance;
  let ignored = !taken;
  if (taken) {
    instance.refusals.delete(advert.from);
    const newMaster = instance.masterSource !== advert.source;
    if (
      node.settings.behaviour.ownersCompareAddresses &&
      instance.basePriority === 255 &&
      instance.priority === 254 &&
      (newMaster || advert.priority !== 255)
    )
      instance.priority = instance.totalPriority = 255;
    if (advert.priority === 0) {
      instance.downTimer = skew(instance);
      instance.turn = { kind: "resigned", by: advert.from.node.name };
    } else if (
      settings.nopreempt ||
      advert.priority >= instance.priority ||
      (settings.preemptDelay > 0 && (instance.preemptAt === 0 || instance.preemptAt > world.now))
    )
      follow(world, instance, advert);
    else {
      ignored = true;
      instance.masterSource = advert.source;
      if (instance.turn.kind === "resigned") instance.turn = { kind: "start" };
    }
    instance.heard = { from: advert.from, priority: advert.priority, at: world.now };
  }
  if (ignored) instance.downTimer = Math.max(0, (instance.expires ?? world.now) - world.now);
};

/** Accepts the sender as master. */
const follow = (world: World, instance: InstanceState, advert: Advert): void => {
  const { settings } = instance;
  if (settings.version === 3) instance.masterInterval = advert.interval;
  instance.downTimer = masterDown(instance);
  instance.masterSource = advert.source;
  if (settings.preemptDelay > 0) {
    if (advert.priority >= instance.priority) instance.preemptAt = 0;
    else if (instance.preemptAt === 0) instance.preemptAt = world.now + settings.preemptDelay;
  }
  // Its group may have held it back; now it no longer wants to be master.
  instance.wanted = "BACKUP";
  if (instance.turn.kind === "resigned") instance.turn = { kind: "start" };
};

/** Whether it steps back. */
const asMaster = (world: World, instance: InstanceState, advert: Advert): boolean => {
  const { settings } = instance;
  instance.refusals.delete(advert.from);
  instance.heard = { from: advert.from, priority: advert.priority, at: world.now };
  const higherAddress = advert.sourceKey > instance.sourceKey;
  const sameAddress = advert.sourceKey === instance.sourceKey;
  const equal = advert.priority === instance.priority;
  const higher = advert.priority > instance.priority || (equal && higherAddress);
  if (advert.priority === 0 || (settings.higherPrioritySendsAdvert && higher)) {
    advertise(world, instance, instance.priority);
    if (advert.priority === 0) return false;
  }
  if (equal && !sameAddress && instance.priority === 255) meetOwner(instance, advert, higherAddress);
  if (advert.priority < instance.priority || (advert.priority === instance.priority && !higherAddress && !sameAddress)) {
    if (!settings.lowerPriorityNoAdvert) advertise(world, instance, instance.priority);
    return false;
  }
  if (advert.priority === instance.priority && !higherAddress) return false;
  if (settings.version === 3) instance.masterInterval = advert.interval;
  instance.downTimer = masterDown(instance);
  if (instance.node.settings.behaviour.ownersCompareAddresses) instance.masterSource = advert.source;
  instance.wanted = "BACKUP";
  return true;
};

/** Two nodes with priority 255. */
const meetOwner = (instance: InstanceState, advert: Advert, higherAddress: boolean): void => {
  if (!instance.node.settings.behaviour.ownersCompareAddresses) {
    instance.priority = instance.basePriority = 254;
    return;
  }
  if (higherAddress) return;
  if (instance.rogueTimer !== undefined) {
    instance.rogueTimer.cancelled = true;
    instance.rogueTimer = undefined;
    instance.priority = instance.totalPriority = 254;
    return;
  }
  instance.rogueInterval = advert.interval;
  if (instance.rogueCount === 0) instance.rogueCount = 2;
};
