import { beginsHere, endOf } from "../../analysis/places.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "http-check-without-url",
  summary: "An HTTP_GET or SSL_GET without url, or a url without path: keepalived drops it, and asks for nothing.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_http.c:513", "keepalived v2.4.3 keepalived/check/check_http.c:896"],
  subject: "checker",

  *check({ item, type, realServer }, { node }) {
    if ((type.value !== "HTTP_GET" && type.value !== "SSL_GET") || node.configuration === undefined) return;
    const urls = all(item, "url");
    const pathless = urls.filter((url) => url.kind === "block" && lacks(node.configuration!, url, "path"));
    for (const url of pathless)
      yield {
        at: endOf(url),
        message: `a url in ${type.value} of ${blockTitle(realServer.item)} has no path: keepalived drops the ${pathless.length === urls.length ? "whole checker" : "url"}`,
        notes: beginsHere(url),
      };
    if (!lacks(node.configuration, item, "url")) return;
    yield {
      at: endOf(item),
      message: `${type.value} of ${blockTitle(realServer.item)} has no url: keepalived drops the checker, and the server counts as alive`,
      notes: beginsHere(item),
    };
  },
});
