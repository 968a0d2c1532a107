import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { lacks } from "../../model/node/lost.ts";
import { all, one, wordSetting } from "../../model/node/settings.ts";

export default defineRule({
  id: "http-check-without-criteria",
  summary: "A url without status_code, digest or regex accepts every 2xx answer, and no redirect.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_http.c:901", "keepalived v2.4.3 keepalived/include/check_http.h:52"],
  subject: "checker",

  *check({ type, item, realServer }, { node, version }) {
    if ((type.value !== "HTTP_GET" && type.value !== "SSL_GET") || node.configuration === undefined) return;
    // Before 1.2.23 a server that failed once never came back.
    const old = compareVersions(version, "1.2.23") < 0;
    for (const url of all(item, "url")) {
      const path = wordSetting(one(url, "path"));
      if (path === undefined || !lacks(node.configuration, url, "status_code", "digest", "regex")) continue;
      yield {
        at: path.site,
        message: old
          ? `${type.value} of ${blockTitle(realServer.item)} says nothing about the answer to ${shown(path.value ?? "its path")}: once failed, the server never comes back`
          : `${type.value} of ${blockTitle(realServer.item)} takes any status from 200 to 299 for ${shown(path.value ?? "its path")}, whatever the page says, and no redirect`,
        ...(old ? {} : { severity: "info" as const }),
      };
    }
  },
});
