/** Definitions that hold a password are not shown where their text would be. */
import { mask } from "../analysis/mask.ts";
import { walkItems } from "../model/node/items.ts";
import type { Configuration } from "../model/node/model.ts";

/** The value of a definition as it may be shown. */
export const shownValue = (configuration: Configuration, name: string, value: string): string =>
  /pass|secret|auth|key|token/iu.test(name) || holdsPassword(configuration, name) ? mask : value;

const holdsPassword = ({ expansion, tree }: Configuration, name: string): boolean => {
  const uses = expansion.uses.filter((use) => use.name === name);
  if (uses.length === 0) return false;
  for (const { entry, args } of walkItems(tree.items)) {
    if (entry?.args.some(({ type }) => type === "password") !== true) continue;
    for (const { site } of args)
      if (uses.some((use) => use.site.file === site.file && use.site.span.start < site.span.end && site.span.start < use.site.span.end))
        return true;
  }
  return false;
};
