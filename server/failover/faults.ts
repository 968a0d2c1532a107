/** FAULT: what puts an instance into it and lets it out (vrrp_track.c down_instance, vrrp_scheduler.c try_up_instance). */
import { masterDown } from "./timers.ts";
import { groupMayGoMaster, groupToBackup, groupToFault, groupToMaster, leaveFault, leaveMaster, rearm } from "./transitions.ts";
import { type FaultCause, type InstanceState, isUp, type World } from "./world.ts";

/** Of interfaces, releases since 2.2.8 keep one flag for all. */
export const setFault = (instance: InstanceState, cause: FaultCause): void => {
  const count = instance.faults.get(cause) ?? 0;
  instance.faults.set(cause, cause === "interface" && instance.node.settings.behaviour.oneInterfaceFault ? 1 : count + 1);
};

export const clearFault = (instance: InstanceState, cause: FaultCause): void => {
  instance.faults.set(cause, Math.max(0, (instance.faults.get(cause) ?? 0) - 1));
};

export const goDown = (world: World, instance: InstanceState, cause: FaultCause): void => {
  const wasUp = isUp(instance);
  setFault(instance, cause);
  if (!wasUp && instance.state !== "INIT") return;
  instance.wanted = "FAULT";
  if (instance.state === "MASTER") leaveMaster(world, instance, { kind: "fault" });
  else leaveFault(world, instance, { kind: "fault" });
  const { group } = instance;
  if (group !== undefined && group.faulty++ === 0) groupToFault(world, group, instance);
};

/** `cause` is what has gone, or undefined when the last script it waited for has answered. */
export const tryUp = (world: World, instance: InstanceState, cause: FaultCause | undefined): void => {
  const { group, settings } = instance;
  if (cause !== undefined) clearFault(instance, cause);
  if (!isUp(instance)) return;
  if (instance.awaited > 0) {
    if (group !== undefined) {
      group.faulty--;
      group.state = "INIT";
    }
    instance.wanted = "BACKUP";
    return;
  }
  if (instance.wanted !== "MASTER" || instance.basePriority !== 255) instance.wanted = "BACKUP";
  instance.masterInterval = settings.advertInterval;
  instance.downTimer = masterDown(instance);
  if (group !== undefined) {
    if (cause === undefined ? group.faulty !== 0 : --group.faulty !== 0 || group.initial > 0) return;
  }
  const { wanted } = instance;
  if (group !== undefined && wanted === "MASTER" && !groupMayGoMaster(world, group, instance)) instance.wanted = "BACKUP";
  leaveFault(world, instance, { kind: "recovered" });
  rearm(world, instance);
  instance.wanted = wanted;
  if (group === undefined) return;
  if ((instance.state as string) === "MASTER") groupToMaster(world, group, instance);
  else groupToBackup(world, group, instance);
};
