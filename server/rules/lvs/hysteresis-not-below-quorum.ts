import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { numberSetting, one } from "../../model/node/settings.ts";
import { totalWeight } from "../../model/node/virtual-servers.ts";

export default defineRule({
  id: "hysteresis-not-below-quorum",
  summary: "With a hysteresis as large as the quorum a service could never go down: keepalived lowers it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1265"],
  subject: "virtualServer",
  fix: "review",

  *check(virtualServer, { node }) {
    const { item, quorum } = virtualServer;
    const hysteresis = numberSetting(one(item, "hysteresis"));
    if (hysteresis?.value === undefined || node.configuration === undefined || (quorum !== undefined && quorum.value === undefined)) return;
    const written = quorum?.value ?? 1;
    // A quorum above the total weight is lowered first.
    const counts = Math.min(written, totalWeight(virtualServer) ?? written);
    if (hysteresis.value === 0 || hysteresis.value < counts || counts < 1) return;
    yield {
      at: hysteresis.site,
      message: `hysteresis ${hysteresis.value} of ${blockTitle(item)} is not below the quorum of ${counts}: keepalived makes it ${counts - 1}`,
      notes: logNote(virtualServer),
      fixes:
        hysteresis.site.via === undefined
          ? fixWith(`Write ${counts - 1}`, "review", [{ at: hysteresis.site, replacement: String(counts - 1) }])
          : [],
    };
  },
});
