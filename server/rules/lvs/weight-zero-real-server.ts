import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "weight-zero-real-server",
  summary: "A real server of weight 0 gets no new connections, however healthy it is.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:685"],
  subject: "realServer",

  *check({ weight, item, checkers, virtualServer }) {
    if (weight?.value !== 0) return;
    // These give the server another weight while it runs.
    if (checkers.some(({ type, item: block }) => type.value === "FILE_CHECK" || one(block, "misc_dynamic") !== undefined)) return;
    yield {
      at: weight.site,
      message: `${blockTitle(item)} has weight 0: ${blockTitle(virtualServer.item)} sends it no new connections`,
    };
  },
});
