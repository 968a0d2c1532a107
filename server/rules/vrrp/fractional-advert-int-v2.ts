import { defineRule } from "../../analysis/rule.ts";
import { advertInterval, vrrpVersion } from "../../model/node/defaults.ts";

export default defineRule({
  id: "fractional-advert-int-v2",
  summary: "Version 2 sends `advert_int` in whole seconds: keepalived rounds a fraction, and never below 1.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3728", "test/observed/advert-int-v2-rounded"],
  seen: { log: ["must be an integer. rounding"] },
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { name, advertInterval: written } = instance;
    if (node.configuration === undefined || written?.value === undefined || Number.isInteger(written.value)) return;
    if (vrrpVersion(node.configuration, instance) !== 2) return;
    const sent = advertInterval(node.configuration, instance);
    yield {
      at: written.site,
      message: `advert_int ${written.value} of ${name.value} is rounded to ${sent} s: version 2 knows whole seconds only`,
      notes: [{ message: "hundredths of a second need vrrp_version 3, on all nodes at once" }],
    };
  },
});
