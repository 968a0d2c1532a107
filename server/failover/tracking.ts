/** What scripts, processes, files and interfaces do to the instances that track them (vrrp_track.c). */
import { goDown, setFault, tryUp } from "./faults.ts";
import { expireAt } from "./transitions.ts";
import { masterDown } from "./timers.ts";
import type { Track } from "./settings.ts";
import { type DaemonState, type InstanceState, linkIsUp, type NodeState, type TrackerState, type World } from "./world.ts";

const OWNER = 255;

/** Within 1 and 254, unless it owns the address. The running timer moves by what the skew changed. */
const setEffectivePriority = (world: World, instance: InstanceState): void => {
  if (instance.basePriority === OWNER) return;
  const priority = Math.max(1, Math.min(OWNER - 1, instance.totalPriority));
  if (priority === instance.priority) return;
  instance.priority = priority;
  const before = instance.downTimer;
  instance.downTimer = masterDown(instance);
  if (instance.state === "BACKUP" && instance.expires !== undefined)
    expireAt(world, instance, instance.expires + instance.downTimer - before);
};

const sign = ({ reverse }: Pick<Track, "reverse">): 1 | -1 => (reverse ? -1 : 1);

/** What a weight adds while its tracker is fine, or is not. */
const contribution = (track: Omit<Track, "name">, fine: boolean): number => (fine === track.weight > 0 ? track.weight * sign(track) : 0);

/** Weights and faults that hold when the daemon starts. Scripts are run first and count later. */
export const initialTracking = (world: World, daemon: DaemonState): void => {
  const { node } = daemon;
  for (const instance of daemon.instances) {
    for (const tracked of instance.settings.interfaces) startWith(instance, tracked, linkIsUp(node, tracked.name), "interface");
    for (const track of instance.settings.tracks) {
      const tracker = daemon.trackers.find(({ key }) => key === track.name);
      if (tracker === undefined || tracker.settings.kind === "script") continue;
      if (tracker.settings.kind === "file" && (track.weight !== 0 || tracker.settings.number !== 0))
        startWithNumber(instance, track, tracker.settings.number);
      else startWith(instance, track, !node.failing.has(tracker.settings.name), "tracker");
    }
    instance.awaited = instance.settings.awaits.length;
    if (instance.source === undefined) setFault(instance, "source");
    if (instance.settings.fault !== undefined) setFault(instance, "configuration");
    setEffectivePriority(world, instance);
  }
};

/** A file with a weight adds its number times the weight; that "fails" when the number is another, which no step says. */
const saysNumber = ({ settings }: TrackerState, { weight }: Track): boolean => settings.kind === "file" && weight !== 0;

/** The number times the weight, FAULT from −254 on; without a weight any number is one (initialise_vrrp_file_tracking_priorities). */
const startWithNumber = (instance: InstanceState, track: Track, number: number): void => {
  const status = track.weight === 0 ? (track.reverse ? 0 : -254) : number * track.weight * sign(track);
  if (status <= -254) setFault(instance, "tracker");
  else instance.totalPriority += Math.min(253, status);
};

const startWith = (instance: InstanceState, track: Omit<Track, "name">, fine: boolean, cause: "interface" | "tracker"): void => {
  if (track.weight !== 0) instance.totalPriority += contribution(track, fine);
  else if (fine === track.reverse) setFault(instance, cause);
};

/** A tracker or an interface became fine or failed. */
export const changed = (
  world: World,
  instance: InstanceState,
  track: Omit<Track, "name">,
  fine: boolean,
  cause: "interface" | "tracker",
): void => {
  if (track.weight !== 0) {
    instance.totalPriority += (fine ? 1 : -1) * Math.abs(track.weight) * sign(track);
    setEffectivePriority(world, instance);
  } else if (fine === track.reverse) goDown(world, instance, cause);
  else tryUp(world, instance, cause);
};

/** A process, file or BFD session came or went. */
export const watchedChanged = (world: World, node: NodeState, tracker: TrackerState): void => {
  const fine = !node.failing.has(tracker.settings.name);
  for (const instance of node.daemon?.instances ?? [])
    for (const track of instance.settings.tracks)
      if (track.name === tracker.key && !saysNumber(tracker, track)) changed(world, instance, track, fine, "tracker");
};

/** Runs a script now and every interval from now on. */
export const startScript = (world: World, daemon: DaemonState, tracker: TrackerState): void => {
  const { settings } = tracker;
  if (settings.kind !== "script") return;
  const run = (): void => {
    if (daemon.node.daemon !== daemon) return;
    world.queue.plan(world.now + settings.interval, run);
    scriptEnded(world, daemon, tracker, settings.rise, settings.fall);
  };
  run();
};

/** One result, counted against `rise` and `fall`; the very first decides alone (vrrp_script_child_thread). */
const scriptEnded = (world: World, daemon: DaemonState, tracker: TrackerState, rise: number, fall: number): void => {
  const fine = !daemon.node.failing.has(tracker.settings.name);
  const best = rise + fall - 1;
  if (fine) {
    if (tracker.result < rise - 1) tracker.result++;
    else if (tracker.result !== best) {
      if (tracker.result < rise) scriptTurned(world, daemon, tracker, true);
      tracker.result = best;
    }
  } else if (tracker.result > rise) tracker.result--;
  else {
    if (tracker.result === rise || tracker.initial) scriptTurned(world, daemon, tracker, false);
    tracker.result = 0;
  }
  tracker.initial = false;
};

const scriptTurned = (world: World, daemon: DaemonState, tracker: TrackerState, fine: boolean): void => {
  for (const instance of daemon.instances)
    for (const track of instance.settings.tracks) {
      if (track.name !== tracker.key) continue;
      if (track.weight === 0) scriptDecided(world, instance, track, tracker.initial, fine);
      else if (tracker.initial) {
        instance.totalPriority += contribution(track, fine);
        setEffectivePriority(world, instance);
      } else changed(world, instance, track, fine, "tracker");
    }
};

const scriptDecided = (world: World, instance: InstanceState, track: Track, first: boolean, fine: boolean): void => {
  let leftInit = false;
  if (first && --instance.awaited === 0) {
    leftInit = true;
    if (instance.group !== undefined) instance.group.initial--;
  }
  if (fine === track.reverse) goDown(world, instance, "tracker");
  else if (instance.awaited === 0 && (instance.group === undefined || instance.group.initial === 0))
    tryUp(world, instance, leftInit ? undefined : "tracker");
};
