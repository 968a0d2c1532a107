import { answeringPort } from "../../model/cluster/proxies.ts";
import { processProbe } from "../../model/node/probes.ts";
import { isTracked } from "../../model/node/usage.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "haproxy-check-process-only",
  summary: "The check only asks whether a haproxy process runs: one that hangs, or that has no backend left, is not noticed.",
  severity: "info",
  since: "0.1.0",
  sources: ["measured: pidof, pgrep and killall -0 succeed for a process that is stopped (SIGSTOP)", "keepalived issue 2599"],
  subject: "vrrpScript",

  *check({ command, name }, { node }) {
    if (command === undefined || node.configuration === undefined) return;
    const probe = processProbe(command);
    if (probe === undefined || probe.process !== "haproxy" || !isTracked(node.configuration, name.value)) return;
    // Only where haproxy.cfg is there something better can be named.
    const answers = answeringPort(node);
    if (answers === undefined) return;
    yield {
      at: command.site,
      message: `${probe.tool} sees a haproxy that hangs as well as one that works: a request to port ${answers.port} would tell them apart`,
      notes: [{ message: answers.isStatistics ? "its page of statistics" : "haproxy answers here", at: answers.site }],
    };
  },
});
