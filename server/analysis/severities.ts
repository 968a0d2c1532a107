/** Which severity somebody stated for a rule: the command line first, then kalint.toml, the nearest statement first. */
import type { Severity } from "./finding.ts";
import type { AnyRule } from "./rule.ts";

export type RuleSeverities = ReadonlyMap<string, Severity | "off">;

/** Severities that hold for some files. */
export interface RuleSettings {
  readonly rules: RuleSeverities;
  /** Absent: for every file. */
  readonly covers?: (file: string) => boolean;
}

export interface StatedSeverities {
  /** For every file, before all others. */
  readonly rules?: RuleSeverities;
  /** The later goes before the earlier. */
  readonly settings?: readonly RuleSettings[];
}

/** What is stated for a rule in a file; "off" also for a rule that is off unless somebody switches it on; undefined when nothing is. */
export const statedSeverity = (
  { id, off }: Pick<AnyRule, "id" | "off">,
  file: string,
  { rules, settings = [] }: StatedSeverities,
): Severity | "off" | undefined =>
  rules?.get(id) ??
  settings.findLast(({ rules: there, covers }) => there.has(id) && (covers === undefined || covers(file)))?.rules.get(id) ??
  (off === true ? "off" : undefined);

/** Whether a rule can find anything in any file. */
export const isActive = ({ id, off }: Pick<AnyRule, "id" | "off">, { rules, settings = [] }: StatedSeverities): boolean => {
  const asked = rules?.get(id);
  if (asked !== undefined) return asked !== "off";
  const own = settings.filter((each) => each.rules.has(id));
  const last = own.findLastIndex(({ covers }) => covers === undefined);
  const possible = [
    ...(last < 0 ? [off === true ? "off" : undefined] : []),
    ...own.slice(Math.max(last, 0)).map((each) => each.rules.get(id)),
  ];
  return possible.some((severity) => severity !== "off");
};
