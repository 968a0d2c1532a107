import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-real-server",
  summary: "A virtual_server without any real_server: keepalived drops it, sorry server and all.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:171"],
  subject: "virtualServer",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    const { item, realServers } = virtualServer;
    if (realServers.length > 0 || configuration === undefined || !lacks(configuration, item, "real_server")) return;
    yield {
      at: item.keyword.site,
      message: `${blockTitle(item)} has no real_server: keepalived drops the whole service`,
      notes: logNote(virtualServer, true),
    };
  },
});
