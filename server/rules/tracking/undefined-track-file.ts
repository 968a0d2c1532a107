import { untrackable } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "undefined-track-file",
  summary: "A tracked file that no track_file defines: keepalived ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/trackers/track_file.c:195"],
  subject: "configuration",

  check: (configuration) =>
    untrackable(configuration, "trackFile", {
      within: ["track_file", "vrrp_track_file", "FILE_CHECK"],
      definition: "track_file",
      so: "nothing is tracked",
    }),
});
