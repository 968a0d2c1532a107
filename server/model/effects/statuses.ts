/** Sets of exit statuses, each with the command that decides it. */
import type { Site } from "../../../grammar/text.ts";
import type { Ending, ExitStatuses } from "./script-facts.ts";
import type { PathStep } from "./types.ts";

/** One status a command can end with; without `status` it cannot be known which. What decides is filled in by the command. */
export interface Outcome {
  readonly status?: number;
  readonly site?: Site;
  readonly command?: string;
  readonly hides?: readonly Site[];
  readonly incidental?: true;
  readonly how?: Ending["how"];
  readonly path?: readonly PathStep[];
}

export type Statuses = readonly Outcome[];

export const SUCCESS: Statuses = [{ status: 0 }];
export const FAILURE: Statuses = [{ status: 1 }];
export const ANY: Statuses = [{}];
/** What a test answers. */
export const EITHER: Statuses = [{ status: 0 }, { status: 1 }];
/** What a test answers that may also be no test at all: a word too few, a number that is none. */
export const EITHER_OR_ERROR: Statuses = [...EITHER, { status: 2 }];

export const exactly = (status: number): Statuses => [{ status: ((status % 256) + 256) % 256 }];

/** More ways than these are told without what decides them. */
const MAX_OUTCOMES = 300;

const keyOf = ({ status, site, how, incidental }: Outcome): string =>
  `${status} ${site?.file} ${site?.span.start} ${site?.span.end} ${how} ${incidental}`;

export const union = (...sets: readonly Statuses[]): Statuses => {
  if (sets.length === 1) return sets[0]!;
  const found = new Map<string, Outcome>();
  for (const set of sets)
    for (const outcome of set) {
      const key = keyOf(outcome);
      if (!found.has(key)) found.set(key, outcome);
    }
  if (found.size <= MAX_OUTCOMES) return [...found.values()];
  return [...new Set([...found.values()].map(({ status }) => status))].map((status) => (status === undefined ? {} : { status }));
};

/** What `!` makes of a status. */
export const negate = (statuses: Statuses): Statuses =>
  union(
    ...statuses.map((one): Statuses => {
      const { status, ...rest } = one;
      if (status === undefined)
        return [
          { ...rest, status: 0 },
          { ...rest, status: 1 },
        ];
      return [{ ...rest, status: status === 0 ? 1 : 0 }];
    }),
    [],
  );

/** The statuses other than success. */
export const failures = (statuses: Statuses): Statuses => statuses.filter(({ status }) => status !== 0);

/** What is left when success is certain. */
export const successes = (statuses: Statuses): Statuses =>
  statuses.flatMap((one) => (one.status === undefined ? [{ ...one, status: 0 }] : one.status === 0 ? [one] : []));

export const mayFail = (statuses: Statuses): boolean => statuses.some(({ status }) => status !== 0);
export const maySucceed = (statuses: Statuses): boolean => statuses.some(({ status }) => status === undefined || status === 0);

/** The one status; undefined when there are several or it is not known. */
export const onlyStatus = (statuses: Statuses): number | undefined => {
  const [first] = statuses;
  return first !== undefined && statuses.every(({ status }) => status === first.status) ? first.status : undefined;
};

/** Fills in what decides, where nothing further inside has. */
export const decidedBy = (
  statuses: Statuses,
  by: { readonly site: Site; readonly command?: string; readonly path: readonly PathStep[] },
): Statuses => statuses.map((one) => (one.site === undefined ? { ...one, ...by } : one));

export const withHow = (statuses: Statuses, how: Ending["how"]): Statuses =>
  statuses.map((one) => (one.how === undefined ? { ...one, how } : one));

/** Sorted, without repetition, and without those that only a full disk brings about. */
export const summary = (statuses: Statuses): ExitStatuses => {
  const meant = statuses.filter(({ incidental }) => incidental === undefined);
  return {
    known: [...new Set(meant.flatMap(({ status }) => (status === undefined ? [] : [status])))].toSorted((a, b) => a - b),
    unknown: meant.some(({ status }) => status === undefined),
  };
};
