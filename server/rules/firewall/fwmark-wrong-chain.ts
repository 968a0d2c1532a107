import { defineRule } from "../../analysis/rule.ts";
import { servicesOf } from "../../model/cluster/lvs.ts";
import type { Reach } from "../../model/cluster/mark-reach.ts";
import { markText, marksOf, possibleMarks } from "../../model/cluster/marks.ts";
import { valueOf } from "../../model/effects/known.ts";

export default defineRule({
  id: "fwmark-wrong-chain",
  summary: "A firewall rule sets the mark of a fwmark service where IPVS never sees it.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "Linux net/netfilter/ipvs/ip_vs_core.c, ip_vs_ops4: IPVS takes packets in LOCAL_IN at priority 99, and those of the machine itself in LOCAL_OUT at -98",
    "Linux include/uapi/linux/netfilter_ipv4.h: nat is at 100 in INPUT, filter at 0 in OUTPUT, both behind IPVS",
    "iptables v1.8.9 iptables-extensions(8), CONNMARK: the mark of a connection is none of its packets until --restore-mark",
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
        message: `mark ${markText(mark)} ${whatFor(reach, effect.base ?? chain, valueOf(effect.table), consequence)}`,
        notes: [{ message: "the service", at: service.site }],
      };
    }
  },
});

const whatFor = (reach: Exclude<Reach, "seen">, chain: string, table: string | undefined, consequence: string): string => {
  switch (reach) {
    case "local":
      return `is only set in ${chain}: only connections from this machine itself reach the service`;
    case "unreached":
      return `is set in ${chain}, which no rule jumps to: ${consequence}`;
    case "never":
      return `is set in ${chain}, which IPVS never sees: ${consequence}; PREROUTING is the place for it`;
    case "behind":
      return `is set in ${chain} of ${table === undefined ? "this" : `the ${table}`} table, which comes after IPVS: ${consequence}; PREROUTING is the place for it`;
    case "unrestored":
      return `is set on the connection, and IPVS looks at the packet: ${consequence}; CONNMARK --restore-mark behind it would copy it`;
  }
};
