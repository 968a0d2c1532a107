import { fixWith, removeWord } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { isFirewallMarkOnly, nameInLog } from "../../model/node/virtual-servers.ts";

/** Checkers that connect to no port. */
const portless = new Set(["MISC_CHECK", "PING_CHECK", "FILE_CHECK", "BFD_CHECK"]);

export default defineRule({
  id: "fwmark-port-ignored",
  summary: "With DR or TUN the servers of a firewall mark service have no port: keepalived clears it.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1308", "keepalived v2.4.3 keepalived/check/check_data.c:1278"],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    const { service, realServers, forwarding, item } = virtualServer;
    if (configuration === undefined || !isFirewallMarkOnly(configuration, service)) return;
    const source = configuration.source;
    const sorry = item.items.findLast(({ keyword }) => keyword.value === "sorry_server");
    const servers = [
      ...realServers.map((server) => ({
        item: server.item,
        port: server.port,
        method: (server.forwarding ?? forwarding)?.value,
        // A checker without a port of its own asks the server's.
        asked: server.checkers.some(({ connectPort, type }) => connectPort === undefined && !portless.has(type.value)),
      })),
      ...(sorry === undefined ? [] : [{ item: sorry, port: virtualServer.sorryServer?.port, method: forwarding?.value, asked: false }]),
    ];
    for (const { item: server, port, method, asked } of servers) {
      if ((method !== "DR" && method !== "TUN") || port?.value === undefined || port.value === 0) continue;
      const word = server.args[1];
      yield {
        at: port.site,
        message: `port ${port.value} of ${server.keyword.value} ${shown(server.args[0]?.value ?? "")} is cleared: with ${method} the packets of ${nameInLog(virtualServer) ?? "a firewall mark service"} keep their port`,
        fixes: word === undefined || asked ? [] : fixWith("Remove the port", "safe", removeWord(source, word)),
      };
    }
  },
});
