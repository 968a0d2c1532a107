import { defineRule } from "../../analysis/rule.ts";
import { hears, isMessage, notifiedIn, notifyFor } from "../../model/node/notifications.ts";

export default defineRule({
  id: "notify-master-without-counterpart",
  summary: "`notify_master` without a counterpart: what it starts on the master is never taken back.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_notify.c:46"],
  subject: "configuration",

  *check(configuration) {
    for (const notified of notifiedIn(configuration)) {
      const master = notifyFor(notified, "master");
      if (master === undefined || isMessage(master) || hears(notified, "backup", "fault", "stop")) continue;
      yield {
        at: master.command.item.keyword.site,
        message: `${notified.title} has notify_master but neither notify_backup, notify_fault, notify_stop nor notify: what it does is never undone`,
      };
    }
  },
});
