import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { valueOf } from "../../model/effects/known.ts";
import { assignedNames } from "../../model/effects/walk.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "unset-variable-in-command",
  summary: "A command that changes addresses, routes, rules or services has an argument that nothing sets.",
  severity: "warning",
  since: "0.1.0",
  sources: ["POSIX.1-2017 Shell Command Language, 2.6.2: an unset parameter expands to nothing, and the word goes away"],
  subject: "script",

  *check({ file, effects: { effects, unsetVariables }, script }) {
    // What is sourced, or evaluated, may set anything.
    const isOpen = effects.some((effect) => effect.kind === "source" || (effect.kind === "run" && valueOf(effect.name) === "eval"));
    // Somebody fills a template in before it runs.
    if (isOpen || script.problems.length > 0 || /template/iu.test(file)) return;
    const assigned = [...assignedNames(script.body)];
    const told = new Set<string>();
    for (const { name, site } of unsetVariables) {
      if (told.has(name)) continue;
      const command = effects.find(
        (effect) => changesHost.has(effect.kind) && effect.site.span.start <= site.span.start && site.span.end <= effect.site.span.end,
      );
      if (command === undefined) continue;
      told.add(name);
      const meant = nearestWord(name, assigned);
      const part = assigned.find((other) => other !== "" && (name.endsWith(`_${other}`) || other.endsWith(`_${name}`)));
      const likely = meant ?? part;
      yield {
        at: site,
        message: `nothing sets $${name}: the command runs without this argument${likely === undefined ? "" : `; the script sets $${likely}`}`,
      };
    }
  },
});

const changesHost: ReadonlySet<string> = new Set(["address", "route", "mark", "firewall", "ipvs", "sysctl"]);
