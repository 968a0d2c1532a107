import { differencesOf } from "../../model/cluster/ipvs-drift.ts";
import { sameService, serviceKey, servicesOf, serviceText } from "../../model/cluster/lvs.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "ipvsadm-server-drift",
  summary: "A script and keepalived.conf describe one service in different ways: scheduler, forwarding method, weights or real servers.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "ipvsadm 1.31 ipvsadm(8): wlc, direct routing and weight 1 are its defaults",
    "keepalived v2.4.3 keepalived/check/check_data.c:1144",
    "keepalived v2.4.3 keepalived/check/check_data.c:1182",
  ],
  subject: "script",

  *check({ effects: { effects } }, { node }) {
    if (node.configuration === undefined) return;
    const services = servicesOf(node.configuration);
    for (const [index, effect] of effects.entries()) {
      if (effect.kind !== "ipvs") continue;
      const key = serviceKey(effect.service);
      const service = key === undefined ? undefined : services.find((candidate) => sameService(candidate.key, key));
      if (key === undefined || service === undefined) continue;
      const [first, ...others] = differencesOf(effects, index, effect, service);
      if (first === undefined) continue;
      yield {
        at: first.at,
        message: `${serviceText(key)} is built otherwise than keepalived does it: ${first.message}`,
        notes: [
          { message: "keepalived's configuration says so here", at: first.there },
          ...others.map(({ message, at }) => ({ message, at })),
        ],
      };
    }
  },
});
