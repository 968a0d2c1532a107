import { defineRule } from "../../analysis/rule.ts";
import { nameOf, runSite } from "../../analysis/scripts.ts";
import { factFiles } from "../../model/cluster/facts.ts";
import { baseName } from "../../model/cluster/files.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { ServiceEffect } from "../../model/effects/types.ts";

export default defineRule({
  id: "service-started-by-notify-and-systemd",
  summary: "A service that notify scripts start and stop is started at boot as well: it runs on the backup until the next change of state.",
  severity: "warning",
  since: "0.1.0",
  sources: ["measured: notify_backup runs once when keepalived starts (2.2.7 and 2.4.3)"],
  subject: "node",

  *check(node) {
    const toggled = new Map<string, { readonly effect: ServiceEffect; readonly linked: (typeof node.linkedScripts)[number] }>();
    const actions = new Map<string, Set<string>>();
    for (const linked of node.linkedScripts) {
      if (linked.use !== "notify") continue;
      for (const effect of linked.effects.effects) {
        const unit = effect.kind === "service" ? valueOf(effect.unit) : undefined;
        if (effect.kind !== "service" || unit === undefined || (effect.action !== "start" && effect.action !== "stop")) continue;
        if (effect.action === "start" && !toggled.has(unit)) toggled.set(unit, { effect, linked });
        actions.set(unit, (actions.get(unit) ?? new Set()).add(effect.action));
      }
    }
    for (const [unit, { effect, linked }] of toggled) {
      if (!actions.get(unit)!.has("stop")) continue;
      for (const { file, effects } of factFiles(node)) {
        const boots = effects.find(
          (each) =>
            each.kind === "service" &&
            valueOf(each.unit) === unit &&
            (each.action === "enable" || (each.action === "start" && /^(?:rc\.local|boot\.local)$/u.test(baseName(file)))),
        );
        if (boots === undefined) continue;
        yield {
          at: boots.site,
          message: `${unit} is started at boot, and ${nameOf(linked)} starts it as well: after a reboot it runs on the backup, until the state changes there`,
          notes: [
            { message: `${nameOf(linked)} starts it here`, at: effect.site },
            { message: `${nameOf(linked)} is set here`, at: runSite(linked) },
            { message: `systemctl disable ${unit} leaves it to keepalived` },
          ],
        };
        break;
      }
    }
  },
});
