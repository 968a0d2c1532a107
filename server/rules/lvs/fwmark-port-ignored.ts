import { fixWith, removeWord } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote, shown } from "../../analysis/wording.ts";
import { askingServerPort } from "../../model/node/checkers.ts";
import { isFirewallMarkOnly } from "../../model/node/virtual-servers.ts";

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
        asked: askingServerPort(server).length > 0,
      })),
      ...(sorry === undefined ? [] : [{ item: sorry, port: virtualServer.sorryServer?.port, method: forwarding?.value, asked: false }]),
    ];
    const cleared = servers.flatMap(({ item: server, port, method, asked }) =>
      (method !== "DR" && method !== "TUN") || port?.value === undefined || port.value === 0
        ? []
        : { title: shown(`${server.keyword.value} ${server.args[0]?.value ?? ""}`), word: server.args[1], port, method, asked },
    );
    const [first, ...others] = cleared;
    if (first === undefined) return;
    const edits = cleared.flatMap(({ word, asked }) => (word === undefined || asked ? [] : removeWord(source, word)));
    yield {
      at: first.port.site,
      message: `port ${first.port.value} of ${first.title} is cleared: with ${first.method} the packets of ${blockTitle(item)} keep their port`,
      notes: [...others.map(({ title, port }) => ({ message: `so is that of ${title}`, at: port.site })), ...logNote(virtualServer)],
      fixes: fixWith(edits.length === 1 ? "Remove the port" : "Remove the ports", "safe", edits),
    };
  },
});
