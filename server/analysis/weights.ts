/** How rules speak of weights, and where weights are written. */
import type { Site } from "../../grammar/text.ts";
import type { Reckoning } from "../failover/reckon.ts";
import type { Trial } from "../failover/trials.ts";
import type { Member } from "../model/cluster/model.ts";
import { type Tracker, trackerReader } from "../model/node/tracking.ts";
import { shown } from "./wording.ts";

/** "chk with weight -2". */
export const trackedAs = ({ tracker, weight }: Pick<Trial, "tracker" | "weight">): string => `${shown(tracker.name)} with weight ${weight}`;

/** "150 − 2 = 148"; only the result where priorities were kept within 1 and 254. */
export const subtraction = ({ fine, failing }: Pick<Reckoning, "fine" | "failing">, weight: number): string =>
  fine - Math.abs(weight) === failing ? `${fine} − ${Math.abs(weight)} = ${failing}` : `${failing}`;

/** The failing master and its rival end up equal: whoever is master stays. */
export const tiedPriority = ({ failing, rival }: Pick<Reckoning, "failing" | "rival">): boolean => failing === rival;

/** Equal for one place: a weight of a definition is read anew for every instance that tracks it. */
export const placeKey = ({ file, span }: Site): string => `${span.start} ${file}`;

/**
 * Every place where these members' weight for a tracker is written (with this value, when one is given), each once;
 * undefined where one of them comes from a definition or is a default.
 */
export const weightSites = (members: readonly Member[], { kind, name }: Tracker, weight?: number): readonly Site[] | undefined => {
  const sites = new Map<string, Site>();
  for (const { configuration, instance } of members) {
    const group = configuration.groupsByInstance().get(instance.name.value);
    const read = trackerReader(configuration);
    for (const other of [...read(instance), ...(group === undefined ? [] : read(group))]) {
      if (other.kind !== kind || other.name !== name || other.weight === 0) continue;
      if (weight !== undefined && other.weight !== weight) continue;
      const { weightAt } = other;
      if (weightAt === undefined || weightAt.via !== undefined) return undefined;
      sites.set(placeKey(weightAt), weightAt);
    }
  }
  return sites.size === 0 ? undefined : [...sites.values()];
};
