import { untrackable } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "undefined-track-bfd",
  summary: "A tracked BFD session that no bfd_instance defines: keepalived ignores the line.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:484"],
  subject: "configuration",

  check: (configuration) =>
    untrackable(configuration, "bfd", { within: ["track_bfd"], definition: "bfd_instance", so: "nothing is tracked" }),
});
