import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "http-check-without-url",
  summary: "An HTTP_GET or SSL_GET without url: keepalived drops the checker, and the server counts as alive.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_http.c:513"],
  subject: "checker",

  *check({ item, type, realServer }, { node }) {
    if ((type.value !== "HTTP_GET" && type.value !== "SSL_GET") || node.configuration === undefined) return;
    if (!lacks(node.configuration, item, "url")) return;
    yield {
      at: item.keyword.site,
      message: `${type.value} of ${blockTitle(realServer.item)} has no url: keepalived drops the checker, and the server counts as alive`,
    };
  },
});
