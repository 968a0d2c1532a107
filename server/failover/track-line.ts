/** One line of a track block: `NAME weight 20 reverse` (vrrp_track.c alloc_track_script and its siblings). */
import type { ConfigItem } from "../model/node/items.ts";

export interface TrackLine {
  /** The daemon drops the line for what stands on it. */
  readonly stray: boolean;
  readonly weight?: number;
  readonly reverse?: boolean;
}

export const isStrayWord = ({ stray }: TrackLine): boolean => stray;

/** `limit`: the first weight that is out of range. 254 is taken as 253 where 253 is the greatest. */
export const trackLine = ({ args }: ConfigItem, limit: 254 | 255): TrackLine => {
  const [option, value, direction] = args.map((word) => word.value);
  if (option === undefined) return { stray: false };
  if (option !== "weight" || value === undefined) return { stray: true };
  const turned = direction === "reverse" ? { reverse: true } : direction === "noreverse" ? { reverse: false } : {};
  const weight = /^[+-]?\d{1,6}$/u.test(value) ? Number(value) : undefined;
  if (weight === undefined || Math.abs(weight) > 254) return { stray: false, ...turned };
  return { stray: false, weight: Math.max(1 - limit, Math.min(limit - 1, weight)), ...turned };
};
