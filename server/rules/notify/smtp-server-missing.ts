import { defineRule } from "../../analysis/rule.ts";
import { placeOf } from "../../analysis/wording.ts";
import { mailOf } from "../../model/node/mail.ts";

export default defineRule({
  id: "smtp-server-missing",
  summary: "Mail is asked for without an smtp_server: keepalived has no default and sends none.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/core/smtp.c:604"],
  subject: "configuration",

  *check(configuration) {
    const mail = mailOf(configuration);
    const asking = mail?.recipients ?? mail?.alerts[0];
    if (mail === undefined || mail.server !== undefined || asking === undefined || mail.isSample) return;
    yield {
      at: asking.keyword.site,
      message: `${asking.keyword.value} in ${placeOf(asking)} mails nobody: there is no smtp_server, and keepalived has no default`,
    };
  },
});
