import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import { one } from "../../model/node/settings.ts";

/** Statuses a script hardly ends with unless they are weights: above those of monitoring plugins, below those of the shell. */
const isWeight = (status: number): boolean => status > 3 && status < 124;

export default defineRule({
  id: "misc-dynamic-exit-codes",
  summary: "The exit statuses of a MISC_CHECK script do not go with misc_dynamic, or with its absence.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_misc.c:367", "keepalived v2.4.3 keepalived/check/check_misc.c:376"],
  subject: "linkedScript",

  *check({ command, use, resolution }) {
    const item = command.item.parent;
    const script = resolution.kind === "found" ? resolution.script : undefined;
    if (use !== "misc-check" || item === undefined || script === undefined || !script.effects.complete) return;
    const { known, unknown } = script.effects.exitStatuses;
    const dynamic = one(item, "misc_dynamic");
    const at = dynamic?.keyword.site ?? command.site;
    const message = dynamic === undefined ? plain(known) : varying(known, unknown);
    if (message !== undefined) yield { at, message: `${shown(command.program.value ?? command.text)} ${message}` } satisfies RuleFinding;
  },
});

const plain = (known: readonly number[]): string | undefined => {
  const weights = known.filter(isWeight);
  return weights.length < 2
    ? undefined
    : `ends with ${list(weights.map(String), "or")}, and without misc_dynamic each of them takes the server down`;
};

const varying = (known: readonly number[], unknown: boolean): string | undefined => {
  if (known.includes(255)) return "can end with 255 (or -1): with misc_dynamic that is the weight 253, and only 1 is a failure";
  if (unknown || known.length === 0 || known.some((status) => status > 1)) return undefined;
  return `only ends with ${list(known.map(String), "or")}: misc_dynamic makes weights of 2 to 255, and changes nothing here`;
};
