import { defineRule } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";
import { lacks } from "../../model/node/lost.ts";
import { trackingsOf } from "../../model/node/usage.ts";

export default defineRule({
  id: "init-fail-missing",
  summary: "A check with a negative weight and without init_fail: until its first run ends, the node counts as healthy.",
  severity: "info",
  since: "0.1.0",
  off: true,
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:725",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:2054",
    "measured: with weight 0 the instance waits for the first result, with or without init_fail",
  ],
  subject: "vrrpScript",

  *check(script, given) {
    const { item, name, command } = script;
    const { configuration } = given.node;
    if (command === undefined || configuration === undefined || !isFrom(given, "1.3.2") || !lacks(configuration, item, "init_fail")) return;
    if (!trackingsOf(configuration, script).some(({ weight, reverse }) => (weight ?? 0) < 0 && !reverse)) return;
    yield {
      at: name.site,
      message: `${name.value} has no init_fail: after a start the node keeps its full priority until the check has failed for the first time`,
    };
  },
});
