import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "missing-scheduler",
  summary: "A virtual_server without lb_algo gets wlc, and keepalived reports it.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1143"],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    const { item, realServers } = virtualServer;
    const { configuration } = node;
    if (realServers.length === 0 || configuration === undefined || !lacks(configuration, item, "lb_algo", "lvs_sched")) return;
    const indentation = configuration.source.indentation(item.items[0]?.site ?? item.site);
    yield {
      at: item.keyword.site,
      message: `${blockTitle(item)} has no lb_algo: keepalived takes wlc`,
      notes: logNote(virtualServer),
      fixes:
        item.open === undefined || item.open.via !== undefined || indentation === undefined
          ? []
          : fixWith("Write lb_algo wlc, as keepalived takes it", "safe", [
              insertAt(item.open.file, item.open.span.end, `\n${indentation}lb_algo wlc`),
            ]),
    };
  },
});
