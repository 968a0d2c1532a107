import { defineRule } from "../../analysis/rule.ts";
import { isTracked } from "../../model/node/usage.ts";

/** Seconds after which nobody would call it a failover any more. */
const limit = 30;

export default defineRule({
  id: "interval-too-long",
  summary: "A check that needs more than 30 seconds to notice a failure: fall × interval.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1286", "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1248"],
  subject: "vrrpScript",

  *check({ name, interval, fall }, { node: { configuration } }) {
    const seconds = interval?.value;
    if (interval === undefined || seconds === undefined || (fall !== undefined && fall.value === undefined)) return;
    if (configuration === undefined || !isTracked(configuration, name.value)) return;
    const runs = fall?.value ?? 1;
    const total = Math.round(seconds * runs * 1000) / 1000;
    if (total <= limit) return;
    yield {
      at: interval.site,
      message: `${name.value} takes up to ${total} s to notice a failure: interval ${seconds}${runs === 1 ? "" : ` × fall ${runs}`}`,
      ...(fall === undefined ? {} : { notes: [{ message: "fall is set here", at: fall.site }] }),
    };
  },
});
