import { bareMysqlChecks } from "../../model/node/database-checks.ts";
import { blockTitle, counted } from "../../analysis/wording.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "tcp-check-blocks-mysql-host",
  summary: "A bare TCP_CHECK of MySQL counts there as a failed handshake: enough of them in a row block the director.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "MySQL 8.0 reference, max_connect_errors and performance_schema.host_cache",
    "keepalived v2.4.3 keepalived/check/check_tcp.c:213",
  ],
  subject: "virtualServer",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const found = bareMysqlChecks(configuration, virtualServer);
    const [first] = found;
    if (first === undefined) return;
    yield {
      at: first.checker.item.keyword.site,
      message: `TCP_CHECK of ${blockTitle(first.server.item)} hangs up before MySQL's handshake: MySQL counts an error each time and may block this director (max_connect_errors)`,
      notes: [
        ...(found.length > 1 ? [{ message: `so for ${counted(found.length, "server")} of ${blockTitle(virtualServer.item)}` }] : []),
        {
          message:
            "a MISC_CHECK that logs in, such as mysqladmin ping, resets the count, and sees a server that is full or read-only, which an open port does not tell",
        },
      ],
    };
  },
});
