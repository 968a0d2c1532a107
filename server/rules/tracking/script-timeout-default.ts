import { defineRule } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "script-timeout-default",
  summary: "A check without timeout: a run may last as long as the interval, then it counts as failed.",
  severity: "info",
  since: "0.1.0",
  off: true,
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1264", "measured: a slow script without timeout fails after its interval"],
  subject: "vrrpScript",

  *check({ item, name, command, interval }, given) {
    const { configuration } = given.node;
    if (command === undefined || configuration === undefined || !isFrom(given, "1.2.6") || !lacks(configuration, item, "timeout")) return;
    const every = item.items.some(({ keyword }) => keyword.value === "interval") ? interval?.value : 1;
    if (every === undefined) return;
    yield {
      at: name.site,
      message: `${name.value} has no timeout: a run that is not over after ${every} s, the interval, counts as failed`,
    };
  },
});
