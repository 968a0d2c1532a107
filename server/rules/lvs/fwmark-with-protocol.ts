import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { isFirewallMarkOnly } from "../../model/node/virtual-servers.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "fwmark-with-protocol",
  summary: "`protocol` is ignored in a service of firewall marks: the mark alone chooses the packets.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1137"],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    const { protocol, item, service } = virtualServer;
    const line = one(item, "protocol");
    if (configuration === undefined || protocol === undefined || line === undefined) return;
    if (protocol.value !== undefined && !/^(?:tcp|udp|sctp)$/iu.test(protocol.value)) return;
    if (!isFirewallMarkOnly(configuration, service)) return;
    yield {
      at: line.site,
      message: `protocol has no effect in ${blockTitle(item)}: the firewall mark alone chooses the packets`,
      notes: logNote(virtualServer),
      fixes: fixWith("Remove the line", "safe", removeItem(configuration.source, line)),
    };
  },
});
