import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";
import type { VirtualServer } from "../../model/node/model.ts";
import { isFirewallMarkOnly } from "../../model/node/virtual-servers.ts";

/** Ports of services that only speak TCP. */
const tcpPorts = new Set([
  21, 22, 25, 80, 110, 143, 389, 443, 465, 587, 636, 993, 995, 1521, 3306, 5432, 5672, 6379, 6443, 8000, 8080, 8443, 9000, 9200, 27017,
]);

export default defineRule({
  id: "missing-protocol",
  summary: "A virtual_server without protocol is UDP: a service that speaks TCP never sees a connection.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1098"],
  subject: "virtualServer",
  fix: "review",

  *check(virtualServer, { node }) {
    const { item, service, realServers } = virtualServer;
    const { configuration } = node;
    if (configuration === undefined || isFirewallMarkOnly(configuration, service) || realServers.length === 0) return;
    if (service.kind === "group" && configuration.groupOf(service) === undefined) return;
    if (!lacks(configuration, item, "protocol")) return;
    const tcp = speaksTcp(virtualServer);
    const indentation = configuration.source.indentation(item.items[0]?.site ?? item.site);
    yield {
      at: item.keyword.site,
      message: `${blockTitle(item)} has no protocol: keepalived takes UDP${tcp ? ", and no TCP connection ever reaches it" : ""}`,
      severity: tcp ? "error" : "warning",
      notes: logNote(virtualServer, true),
      fixes:
        item.open === undefined || item.open.via !== undefined || indentation === undefined
          ? []
          : fixWith("Add protocol TCP", "review", [insertAt(item.open.file, item.open.span.end, `\n${indentation}protocol TCP`)]),
    };
  },
});

const speaksTcp = ({ service, realServers }: VirtualServer): boolean =>
  (service.kind === "address" && service.port?.value !== undefined && tcpPorts.has(service.port.value)) ||
  realServers.some(({ checkers }) => checkers.some(({ type }) => /^(?:TCP_CHECK|HTTP_GET|SSL_GET|SMTP_CHECK)$/u.test(type.value)));
