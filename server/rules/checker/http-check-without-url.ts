import { beginsHere, endOf } from "../../analysis/places.ts";
import { isStatedWithin } from "../../analysis/version-range.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import type { Checker, Configuration } from "../../model/node/model.ts";
import { lacks } from "../../model/node/lost.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "http-check-without-url",
  summary: "An HTTP_GET or SSL_GET without url, or a url without path: keepalived drops it, and asks for nothing.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/check/check_http.c:513",
    "keepalived v2.4.3 keepalived/check/check_http.c:896",
    "measured: `keepalived -t` of 2.0.20 and 2.2.7 ends with a segmentation fault where no other checker stands before it; 2.3.3 and 2.4.3 do not",
  ],
  subject: "checker",

  *check({ item, type, realServer }, given) {
    const { node } = given;
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
    const consequence =
      isStatedWithin(given, "2.0.20", "2.2.7") && firstChecker(node.configuration)?.item === item
        ? `${given.version} crashes while it reads it, and so does its keepalived -t`
        : "keepalived drops the checker, and the server counts as alive";
    yield {
      at: endOf(item),
      message: `${type.value} of ${blockTitle(realServer.item)} has no url: ${consequence}`,
      notes: beginsHere(item),
    };
  },
});

/** The daemon drops the checker and looks at the one before it, which is not there. */
const firstChecker = ({ virtualServers }: Configuration): Checker | undefined =>
  virtualServers.flatMap(({ realServers }) => realServers.flatMap(({ checkers }) => checkers))[0];
