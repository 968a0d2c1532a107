import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { numberSetting } from "../../model/node/settings.ts";

/** From here on a client's next visit is a matter of persistence and not of the scheduler. */
const long = 300;

export default defineRule({
  id: "persistence-defeats-scheduler",
  summary: "Round robin with long persistence: the clients are spread once, and then stay where they are.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:489"],
  subject: "virtualServer",

  *check({ scheduler, persistence, item, realServers }) {
    if (persistence === undefined || realServers.length < 2 || (scheduler?.value !== "rr" && scheduler?.value !== "wrr")) return;
    // Without a number it is 360.
    const seconds = persistence.args.length === 0 ? 360 : numberSetting(persistence)?.value;
    if (seconds === undefined || seconds < long) return;
    yield {
      at: persistence.site,
      message: `every client of ${blockTitle(item)} stays on its server until it was silent for ${seconds} s: ${scheduler.value} only spreads the newcomers`,
      notes: [{ message: "the scheduler", at: scheduler.site }],
    };
  },
});
