import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "script-timeout-exceeds-interval",
  summary: "A check that may run longer than its interval: the runs in between are skipped.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1251"],
  subject: "vrrpScript",

  *check({ name, interval, timeout, item }) {
    const limit = timeout?.value;
    const written = item.items.some(({ keyword }) => keyword.value === "interval");
    const every = written ? interval?.value : 1;
    if (timeout === undefined || limit === undefined || every === undefined || limit <= every) return;
    yield {
      at: timeout.site,
      message: `${name.value} may run for ${limit} s but is due every ${every} s: while it runs, keepalived skips the next runs`,
      notes:
        interval === undefined
          ? [{ message: "interval is 1 when it is not written" }]
          : [{ message: "interval is set here", at: interval.site }],
    };
  },
});
