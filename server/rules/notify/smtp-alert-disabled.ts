import { defineRule } from "../../analysis/rule.ts";
import { mailOf } from "../../model/node/mail.ts";

export default defineRule({
  id: "smtp-alert-disabled",
  summary: "Recipients and a mail server are set, but nothing asks for mail.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3699", "keepalived v2.4.3 keepalived/check/check_data.c:1214"],
  subject: "configuration",

  *check(configuration) {
    const mail = mailOf(configuration);
    if (mail?.recipients === undefined || mail.server === undefined || mail.isSample) return;
    if (mail.alerts.length > 0 || mail.silenced || mail.serversTell) return;
    yield {
      at: mail.recipients.keyword.site,
      message: "notification_email gets no mail: instances and groups only write with smtp_alert, and none has it",
      notes: [{ message: "smtp_alert in global_defs stands for all of them" }],
    };
  },
});
