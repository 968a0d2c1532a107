/** The numbers behind a trial: what the master is left with, what its rival has, and what weight would have been enough. */
import type { Member } from "../model/cluster/model.ts";
import type { Rehearsal } from "./rehearse.ts";
import { keyOf, type Trial } from "./trials.ts";

export interface Reckoning {
  /** The master's priority while all is fine, and with the tracker failing. */
  readonly fine: number;
  readonly failing: number;
  readonly rival: number;
  /** What the tracker adds to the rival. */
  readonly rivalBonus: number;
  /** The least size of weight that moves the address; undefined where none within -253 to 253 does. */
  readonly needed: number | undefined;
  /** Of a positive weight that cannot be large enough: the size of a negative one that would be. */
  readonly negative?: number;
}

const MOST_WEIGHT = 253;
const MOST_PRIORITY = 254;

export const reckon = (rehearsal: Rehearsal, { master, tracker, weight, before, after, rival }: Trial): Reckoning => {
  const key = keyOf(tracker);
  const fine = before.priority(master);
  const failing = after.priority(master);
  const bonus = weightOf(rehearsal, rival, key);
  const rivalBonus = bonus > 0 ? bonus : 0;
  const numbers = { fine, failing, rival: after.priority(rival), rivalBonus };
  if (weight < 0) {
    const needed = fine - numbers.rival + 1;
    // Nothing falls below 1.
    return { ...numbers, needed: needed <= MOST_WEIGHT && numbers.rival > 1 ? needed : undefined };
  }
  // Without the tracker on the rival a positive weight only lifts the master.
  const needed = failing - (numbers.rival - rivalBonus) + 1;
  const fits = rivalBonus > 0 && needed <= MOST_WEIGHT && failing + needed <= MOST_PRIORITY;
  if (fits) return { ...numbers, needed };
  return { ...numbers, needed: undefined, ...(needed <= MOST_WEIGHT && numbers.rival > 1 ? { negative: needed } : {}) };
};

const weightOf = (rehearsal: Rehearsal, member: Member, key: string): number => {
  const { tracks, interfaces } = rehearsal.settingsOf(member);
  return tracks.find(({ name }) => name === key)?.weight ?? interfaces.find(({ name }) => `interface ${name}` === key)?.weight ?? 0;
};
