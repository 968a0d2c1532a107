/** The timers of one instance: the advert timer of a master, the master-down timer of a backup (vrrp_scheduler.c). */
import type { InstanceState, World } from "./world.ts";

/** (256 − priority) / 256 of a second, in version 3 of the master's interval. An owner that lowered itself keeps its own. */
export const skew = ({ settings, priority, basePriority, masterInterval, node }: InstanceState): number => {
  const counted = node.settings.behaviour.ownersCompareAddresses && basePriority === 255 ? 255 : priority;
  return skewOf(256 - counted, settings.version, masterInterval);
};

export const smallestSkew = ({ settings, masterInterval }: InstanceState): number => skewOf(1, settings.version, masterInterval);

const skewOf = (steps: number, version: 2 | 3, interval: number): number =>
  version === 3 ? Math.floor((steps * Math.floor(interval / 10_000) * 625) / 16) : Math.floor((steps * 1_000_000) / 256);

/** How long a backup waits for the next advert. */
export const masterDown = (instance: InstanceState): number =>
  instance.settings.downTimerAdverts * instance.masterInterval + skew(instance);

/** Sets the timer that belongs to the state (vrrp_init_instance_sands). */
export const restartTimer = (world: World, instance: InstanceState, expired: (instance: InstanceState) => void): void => {
  const { node, state, settings } = instance;
  const { daemon } = node;
  if (instance.timer !== undefined) instance.timer.cancelled = true;
  instance.expires = undefined;
  if (daemon === undefined || (state !== "MASTER" && state !== "BACKUP")) return;
  const wait = state === "MASTER" ? settings.advertInterval : instance.downTimer;
  const begin =
    world.now < daemon.delayedUntil && (state === "BACKUP" || node.settings.behaviour.deafDuringStartupDelay)
      ? daemon.delayedUntil
      : world.now;
  setExpiry(world, instance, begin + wait, expired);
};

/** Moves the end of the running timer. */
export const setExpiry = (world: World, instance: InstanceState, at: number, expired: (instance: InstanceState) => void): void => {
  if (instance.timer !== undefined) instance.timer.cancelled = true;
  instance.expires = at;
  // A daemon is never early, and of two machines one is always a little later.
  instance.timer = world.queue.plan(Math.max(at, world.now) + world.luck.timerDelay(instance.node.index), () => expired(instance));
};
