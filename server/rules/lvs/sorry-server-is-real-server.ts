import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { logNote, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "sorry-server-is-real-server",
  summary: "The sorry server is one of the real servers: it is asked for help when it is down itself.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1230"],
  subject: "virtualServer",

  *check(virtualServer) {
    const { sorryServer, realServers } = virtualServer;
    const address = sorryServer?.address.value;
    if (sorryServer === undefined || address === undefined || parseAddress(address) === undefined) return;
    if (sorryServer.port !== undefined && sorryServer.port.value === undefined) return;
    const same = realServers.find(
      (server) =>
        server.address.value !== undefined &&
        canonicalAddress(server.address.value) === canonicalAddress(address) &&
        (server.port === undefined ? 0 : server.port.value) === (sorryServer.port?.value ?? 0),
    );
    if (same === undefined) return;
    const where = `${shown(address)}${sorryServer.port === undefined ? "" : ` ${sorryServer.port.value}`}`;
    yield {
      at: sorryServer.address.site,
      message: `sorry_server ${where} is also a real server: it gets the clients when all real servers, itself among them, are down`,
      notes: [{ message: "the same server here", at: same.address.site }, ...logNote(virtualServer)],
    };
  },
});
