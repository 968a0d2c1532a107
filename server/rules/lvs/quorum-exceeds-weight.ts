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
    // Without a quorum it is 1, which servers of weight 0 do not reach.
    const wanted = quorum === undefined ? 1 : quorum.value;
    if (wanted === undefined || realServers.length === 0 || node.configuration === undefined || mayHoldMore(node.configuration, item))
      return;
    const total = totalWeight(virtualServer);
    if (total === undefined || wanted <= total) return;
    yield {
      at: quorum?.site ?? item.keyword.site,
      message: `quorum ${wanted} of ${blockTitle(item)} is more than all its servers weigh together: keepalived makes it ${total}`,
      notes: logNote(virtualServer),
      fixes:
        quorum !== undefined && quorum.site.via === undefined && total > 0
          ? fixWith(`Write ${total}`, "review", [{ at: quorum.site, replacement: String(total) }])
          : [],
    };
  },
});
