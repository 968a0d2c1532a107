import { untrackable } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "undefined-track-process",
  summary: "A tracked process that no vrrp_track_process defines: keepalived ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:338"],
  subject: "configuration",

  check: (configuration) =>
    untrackable(configuration, "trackProcess", { within: ["track_process"], definition: "vrrp_track_process", so: "nothing is tracked" }),
});
