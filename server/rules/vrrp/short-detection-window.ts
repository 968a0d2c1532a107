import { defineRule } from "../../analysis/rule.ts";
import { advertInterval, vrrpVersion } from "../../model/node/defaults.ts";
import { numberSetting, one } from "../../model/node/settings.ts";

/** Seconds; below it a busy host misses its own turn. */
const briefest = 0.3;

export default defineRule({
  id: "short-detection-window",
  summary: "Adverts so frequent, or so few of them awaited, that one delay looks like a dead master.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3717", "keepalived v2.4.3 doc/man/man5/keepalived.conf.5.in:1910"],
  off: true,
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { item, name, advertInterval: written } = instance;
    if (node.configuration === undefined) return;
    const interval = advertInterval(node.configuration, instance);
    if (written !== undefined && interval !== undefined && interval < briefest && vrrpVersion(node.configuration, instance) === 3)
      yield {
        at: written.site,
        message: `${name.value} is taken over after ${Math.round(3 * interval * 100) / 100} s without adverts: a busy host can be silent for so long`,
      };
    const adverts = numberSetting(one(item, "down_timer_adverts"));
    if (adverts?.value === 1)
      yield { at: adverts.site, message: `down_timer_adverts 1 of ${name.value}: one lost advert is enough to be taken over` };
  },
});
