/** Whether an instance is tied to nothing but the life of its node. */
import type { Configuration, Tracking, VrrpInstance } from "./model.ts";
import { hasUnreadIncludes, mayHoldMore } from "./lost.ts";

/** Neither it nor its group tracks a script, a process, a file or another interface; false where that cannot be known. */
export const tracksNothing = (configuration: Configuration, instance: VrrpInstance): boolean => {
  const group = configuration.groupsByInstance().get(instance.name.value);
  if (hasUnreadIncludes(configuration) || mayHoldMore(configuration, instance.item)) return false;
  return (
    isEmpty(instance) && (group === undefined || isEmpty(group)) && !instance.item.items.some(({ keyword }) => isTrackBlock(keyword.value))
  );
};

const isEmpty = ({ trackScripts, trackProcesses, trackFiles, trackBfds, trackInterfaces }: Tracking): boolean =>
  [trackScripts, trackProcesses, trackFiles, trackBfds, trackInterfaces].every(({ length }) => length === 0);

const isTrackBlock = (word: string): boolean => word.startsWith("track_");
