import { defineRule } from "../../analysis/rule.ts";
import { placeOf } from "../../analysis/wording.ts";
import { mailOf } from "../../model/node/mail.ts";

export default defineRule({
  id: "smtp-recipient-missing",
  summary: "`smtp_alert` without notification_email: nobody is written to.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/core/smtp.c:604"],
  subject: "configuration",

  *check(configuration) {
    const mail = mailOf(configuration);
    const alert = mail?.alerts[0];
    if (mail === undefined || alert === undefined || mail.recipients !== undefined) return;
    yield {
      at: alert.keyword.site,
      message: `${alert.keyword.value} in ${placeOf(alert)} mails nobody: there is no notification_email`,
      notes: mail.alerts.length > 1 ? [{ message: "another one that mails nobody", at: mail.alerts[1]!.keyword.site }] : [],
    };
  },
});
