/** What a kalint.toml may name of the rules. */
import type { ListedRule } from "../rule.ts";
import type { Known } from "./check.ts";

export type { Known };

/** The ids of all rules, and their groups with what is on unless somebody switches it off: that is asked for by name. */
export const knownNames = (rules: readonly Pick<ListedRule, "id" | "group" | "off">[]): Known => {
  const groups = new Map<string, string[]>();
  for (const { id, group, off } of rules) {
    const own = groups.get(group) ?? [];
    groups.set(group, own);
    if (off !== true) own.push(id);
  }
  return { rules: new Set(rules.map(({ id }) => id)), groups };
};
