import { defineRule } from "../../analysis/rule.ts";
import { advertInterval, vrrpVersion } from "../../model/node/defaults.ts";

export default defineRule({
  id: "advert-int-out-of-range",
  summary: "Version 3 counts `advert_int` in hundredths of a second up to 40.95: keepalived changes any other value.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3742", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3751"],
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { name, advertInterval: written } = instance;
    if (node.configuration === undefined || written?.value === undefined || vrrpVersion(node.configuration, instance) !== 3) return;
    const sent = advertInterval(node.configuration, instance);
    if (sent === undefined || Math.abs(sent - written.value) < 1e-9) return;
    const tooLong = written.value >= 40.96;
    yield {
      at: written.site,
      severity: tooLong ? "error" : "warning",
      message: tooLong
        ? `advert_int ${written.value} of ${name.value} is too long for version 3: keepalived sends every ${sent} s`
        : `advert_int ${written.value} of ${name.value} is no multiple of 0.01 s, the unit of version 3: keepalived sends every ${sent} s`,
    };
  },
});
