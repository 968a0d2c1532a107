/** Trackers whose weight the daemon counts for an instance, with the instance they are counted for. */
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { basePriority } from "./defaults.ts";
import type { Configuration, VrrpInstance } from "./model.ts";
import { type Tracker, trackerReader } from "./tracking.ts";

export interface CountedTracker extends Tracker {
  readonly weight: number;
  readonly instance: VrrpInstance;
  readonly priority: number;
}

const mayBeGrouped = ({ syncGroups }: Configuration, { name }: VrrpInstance): boolean =>
  syncGroups.some(({ members }) => isUnexpanded(name.value) || members.some(({ value }) => value === undefined || isUnexpanded(value)));

/**
 * Weighted trackers of all instances, files left out. For an owner of the address, and in a group without
 * sync_group_tracking_weight, weights are dropped; where a priority or a weight cannot be known nothing is said.
 */
export const countedTrackers = (configuration: Configuration): readonly CountedTracker[] => {
  const groups = configuration.groupsByInstance();
  const read = trackerReader(configuration);
  return configuration.instances.flatMap((instance) => {
    const priority = basePriority(instance);
    const group = groups.get(instance.name.value);
    if (priority === undefined || priority === 255) return [];
    // A group may name an instance whose name, or whose place in it, nobody knows.
    if (group === undefined && mayBeGrouped(configuration, instance)) return [];
    const own = group === undefined || group.trackingWeight?.value === true ? read(instance) : [];
    return [...own, ...(group === undefined ? [] : read(group))].flatMap((tracker) => {
      const { weight, kind, entry } = tracker;
      return weight === undefined || weight === 0 || kind === "file" || entry.reverse ? [] : [{ ...tracker, weight, instance, priority }];
    });
  });
};
