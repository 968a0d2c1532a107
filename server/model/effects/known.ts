/** Small makers and readers of known values, and the question whether two effects lie on one path. */
import type { Site } from "../../../grammar/text.ts";
import type { BranchStep, Known, PathStep } from "./types.ts";

export const known = <T>(value: T, site: Site): Known<T> => ({ kind: "known", value, site });

export const unknown = <T>(site: Site): Known<T> => ({ kind: "unknown", site });

/** Known if there is a value. */
export const maybe = <T>(value: T | undefined, site: Site): Known<T> => (value === undefined ? unknown(site) : known(value, site));

/** The value, or undefined when it is unknown or not given at all. */
export const valueOf = <T>(field: Known<T> | undefined): T | undefined => (field?.kind === "known" ? field.value : undefined);

/** Whether two steps cannot both have been taken: other arms of one branching, or literal patterns for one subject that share nothing. */
const excludes = (a: BranchStep, b: BranchStep): boolean => {
  if (a.branch === b.branch) return a.arm !== b.arm;
  if (a.subject === undefined || a.subject !== b.subject || a.values === undefined || b.values === undefined) return false;
  return !a.values.some((value) => b.values!.includes(value));
};

/** Whether one run of the script can do both: no branching sends them apart. */
export const onOnePath = (a: { readonly path: readonly PathStep[] }, b: { readonly path: readonly PathStep[] }): boolean =>
  !a.path.some((one) => one.kind === "branch" && b.path.some((other) => other.kind === "branch" && excludes(one, other)));
