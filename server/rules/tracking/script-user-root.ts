import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { commandsOf, runsAs } from "../../model/node/commands.ts";

export default defineRule({
  id: "script-user-root",
  summary: "Scripts that are told to run as root: most of them need no more than an account of their own.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/notify.c:951", "keepalived v2.4.3 lib/notify.c:1054"],
  subject: "configuration",

  *check(configuration) {
    const places = new Map<string, Site>();
    let commands = 0;
    for (const command of commandsOf(configuration)) {
      const user = runsAs(configuration, command);
      if (user.kind !== "stated" || (user.user !== "root" && user.user !== "0")) continue;
      commands++;
      places.set(`${user.site.file} ${user.site.span.start}`, user.site);
    }
    const [first, ...others] = places.values();
    if (first === undefined) return;
    yield {
      at: first,
      message: `${commands === 1 ? "a script runs" : `${commands} scripts run`} as root: what need not change the host can run as an account of its own`,
      notes: others.map((at) => ({ message: "root is named here as well", at })),
    };
  },
});
