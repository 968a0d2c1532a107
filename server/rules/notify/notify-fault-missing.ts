import { defineRule } from "../../analysis/rule.ts";
import { hears, isMessage, notifiedIn, notifyFor } from "../../model/node/notifications.ts";

export default defineRule({
  id: "notify-fault-missing",
  summary: "`notify_master` and `notify_backup` without notify_fault: a master that goes into FAULT runs neither.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_notify.c:46"],
  subject: "configuration",

  *check(configuration) {
    for (const notified of notifiedIn(configuration)) {
      const master = notifyFor(notified, "master");
      // Without any counterpart at all, that is what is told.
      if (master === undefined || isMessage(master) || !hears(notified, "backup", "stop") || hears(notified, "fault")) continue;
      yield {
        at: master.command.item.keyword.site,
        message: `${notified.title} has no notify_fault: a master that goes into FAULT gives its addresses up, and no script hears of it`,
      };
    }
  },
});
