import { defineRule } from "../../analysis/rule.ts";
import { commandIn } from "../../model/node/commands.ts";
import { processProbe } from "../../model/node/probes.ts";

export default defineRule({
  id: "script-checks-keepalived-itself",
  summary: "A check whether keepalived runs: keepalived asks it, so the answer is always yes.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1241"],
  subject: "item",

  *check(item) {
    const place = item.parent?.keyword.value;
    if (place === "vrrp_track_process" && item.keyword.value === "process") {
      const name = item.args[0];
      if (name !== undefined && /^(?:\/usr(?:\/local)?\/s?bin\/)?keepalived$/u.test(name.value))
        yield { at: name.site, message: "process keepalived always runs while keepalived looks for it: nothing is checked" };
      return;
    }
    const command = place === "vrrp_script" || item.keyword.value === "misc_path" ? commandIn(item) : undefined;
    const probe = command === undefined ? undefined : processProbe(command);
    if (command === undefined || probe?.process !== "keepalived") return;
    yield {
      at: command.site,
      message: `${probe.tool} asks whether keepalived runs, and keepalived itself runs the check: it always succeeds, nothing is checked`,
    };
  },
});
