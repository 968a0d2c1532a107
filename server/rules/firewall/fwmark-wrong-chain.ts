import { defineRule } from "../../analysis/rule.ts";
import { servicesOf } from "../../model/cluster/lvs.ts";
import { markText, marksOf, possibleMarks } from "../../model/cluster/marks.ts";
import { valueOf } from "../../model/effects/known.ts";

export default defineRule({
  id: "fwmark-wrong-chain",
  summary: "A firewall rule sets the mark of a fwmark service in a chain that IPVS never sees.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "measured: marks set in PREROUTING, in mangle INPUT and in filter INPUT work, those of POSTROUTING and FORWARD do not",
    "Linux net/netfilter/ipvs/ip_vs_core.c: IPVS sees packets in LOCAL_IN, and those of the machine itself in LOCAL_OUT",
  ],
  subject: "node",

  *check(node) {
    if (node.configuration === undefined) return;
    const services = servicesOf(node.configuration);
    const marks = marksOf(node);
    const seen = possibleMarks(marks.rules.filter(({ reach, overriddenBy }) => reach === "seen" && overriddenBy === undefined));
    for (const { effect, reach } of marks.rules) {
      const mark = valueOf(effect.mark);
      const chain = valueOf(effect.chain);
      if (mark === undefined || mark === 0 || chain === undefined || reach === "seen") continue;
      const service = services.find(({ key }) => key.kind === "fwmark" && key.mark === mark);
      if (service === undefined) continue;
      // Beside a rule for everybody else's packets one in OUTPUT is right: it is for those of the machine itself.
      if (reach === "local" && seen.has(mark)) continue;
      const consequence = seen.has(mark) ? "this rule does nothing" : "the service gets no connection";
      yield {
        at: effect.site,
        severity: seen.has(mark) || reach === "local" ? "warning" : "error",
        message:
          reach === "local"
            ? `mark ${markText(mark)} is only set in ${chain}: only connections from this machine itself reach the service`
            : reach === "unreached"
              ? `mark ${markText(mark)} is set in ${chain}, which no rule jumps to: ${consequence}`
              : `mark ${markText(mark)} is set in ${chain}, which IPVS never sees: ${consequence}; PREROUTING is the place for it`,
        notes: [{ message: "the service", at: service.site }],
      };
    }
  },
});
