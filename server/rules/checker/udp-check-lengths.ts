import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { numberSetting, one } from "../../model/node/settings.ts";

/** What the daemon takes without max_reply_length. */
const usualLargest = 255;

export default defineRule({
  id: "udp-check-lengths",
  summary: "A UDP_CHECK whose shortest accepted answer is longer than the longest one fails for ever.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_udp.c:179", "keepalived v2.4.3 keepalived/check/check_udp.c:95"],
  subject: "checker",

  *check({ type, item, realServer }) {
    if (type.value !== "UDP_CHECK") return;
    const least = numberSetting(one(item, "min_reply_length"));
    const most = numberSetting(one(item, "max_reply_length"));
    if (least?.value === undefined || (most !== undefined && most.value === undefined)) return;
    const largest = most?.value ?? usualLargest;
    if (least.value <= largest) return;
    yield {
      at: least.site,
      message: `UDP_CHECK of ${blockTitle(realServer.item)} always fails: no answer has at least ${least.value} and at most ${largest} bytes`,
      notes: [
        most === undefined
          ? { message: `max_reply_length is ${usualLargest} unless written` }
          : { message: "the other limit", at: most.site },
      ],
    };
  },
});
