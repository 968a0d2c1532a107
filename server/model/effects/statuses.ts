/** Sets of exit statuses. */
import type { ExitStatuses } from "./types.ts";

export const SUCCESS: ExitStatuses = { known: [0], unknown: false };
export const FAILURE: ExitStatuses = { known: [1], unknown: false };
export const ANY: ExitStatuses = { known: [], unknown: true };
/** What a test answers. */
export const EITHER: ExitStatuses = { known: [0, 1], unknown: false };

export const exactly = (status: number): ExitStatuses => ({ known: [((status % 256) + 256) % 256], unknown: false });

export const union = (...sets: readonly ExitStatuses[]): ExitStatuses => ({
  known: [...new Set(sets.flatMap(({ known }) => known))].toSorted((a, b) => a - b),
  unknown: sets.some(({ unknown }) => unknown),
});

/** What `!` makes of a status. */
export const negate = (status: ExitStatuses): ExitStatuses => {
  if (status.unknown) return EITHER;
  const known = [...new Set(status.known.map((one) => (one === 0 ? 1 : 0)))].toSorted((a, b) => a - b);
  return { known, unknown: false };
};

/** The statuses other than success. */
export const failures = (status: ExitStatuses): ExitStatuses => ({
  known: status.known.filter((one) => one !== 0),
  unknown: status.unknown,
});

export const mayFail = (status: ExitStatuses): boolean => status.unknown || status.known.some((one) => one !== 0);
export const maySucceed = (status: ExitStatuses): boolean => status.unknown || status.known.includes(0);
