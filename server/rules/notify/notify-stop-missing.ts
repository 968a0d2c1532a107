import { defineRule } from "../../analysis/rule.ts";
import { hears, isMessage, notifiedIn, notifyFor } from "../../model/node/notifications.ts";

export default defineRule({
  id: "notify-stop-missing",
  summary: "`notify_master` without `notify_stop`: when keepalived is stopped on the master, no script hears of it.",
  severity: "info",
  since: "0.1.0",
  off: true,
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_notify.c:46"],
  subject: "configuration",

  *check(configuration) {
    for (const notified of notifiedIn(configuration)) {
      const master = notifyFor(notified, "master");
      if (master === undefined || isMessage(master) || !hears(notified, "backup", "fault") || hears(notified, "stop")) continue;
      yield {
        at: master.command.item.keyword.site,
        message: `${notified.title} has no notify_stop: when keepalived stops on the master, what notify_master did stays`,
      };
    }
  },
});
