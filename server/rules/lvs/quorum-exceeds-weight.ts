import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { mayHoldMore } from "../../model/node/lost.ts";
import { totalWeight } from "../../model/node/virtual-servers.ts";

export default defineRule({
  id: "quorum-exceeds-weight",
  summary: "A quorum above the weight of all servers together can never be reached: keepalived lowers it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1259"],
  subject: "virtualServer",
  fix: "review",

  *check(virtualServer, { node }) {
    const { quorum, item, realServers } = virtualServer;
    if (
      quorum?.value === undefined ||
      realServers.length === 0 ||
      node.configuration === undefined ||
      mayHoldMore(node.configuration, item)
    )
      return;
    const total = totalWeight(virtualServer);
    if (total === undefined || quorum.value <= total) return;
    yield {
      at: quorum.site,
      message: `quorum ${quorum.value} of ${blockTitle(item)} is more than all its servers weigh together: keepalived makes it ${total}`,
      notes: logNote(virtualServer),
      fixes:
        quorum.site.via === undefined && total > 0
          ? fixWith(`Write ${total}`, "review", [{ at: quorum.site, replacement: String(total) }])
          : [],
    };
  },
});
