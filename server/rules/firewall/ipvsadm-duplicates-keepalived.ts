import type { Site } from "../../../grammar/text.ts";
import { onOnePath } from "../../model/effects/known.ts";
import type { IpvsEffect } from "../../model/effects/types.ts";
import { differencesOf } from "../../model/cluster/ipvs-drift.ts";
import { sameService, serviceKey, servicesOf, serviceText } from "../../model/cluster/lvs.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "ipvsadm-duplicates-keepalived",
  summary: "A script builds with ipvsadm a service that keepalived holds already, without its checks.",
  severity: "warning",
  since: "0.1.0",
  sources: ["ipvsadm 1.31 ipvsadm(8), --add-service", "keepalived v2.4.3 keepalived/check/ipwrapper.c:680"],
  subject: "script",

  *check({ effects: { effects } }, { node }) {
    if (node.configuration === undefined) return;
    const services = servicesOf(node.configuration);
    const told = new Map<string, IpvsEffect[]>();
    for (const [index, effect] of effects.entries()) {
      if (effect.kind !== "ipvs" || (effect.action !== "add-service" && effect.action !== "add-server")) continue;
      const key = serviceKey(effect.service);
      const held = key === undefined ? undefined : services.find((service) => sameService(service.key, key));
      if (key === undefined || held === undefined) continue;
      const earlier = told.get(serviceText(key)) ?? [];
      // The servers of a service that the script adds are part of the same act, and so are the rounds of a loop.
      if (
        earlier.some(
          (other) => (effect.action === "add-server" || other.site.span.start === effect.site.span.start) && onOnePath(other, effect),
        )
      )
        continue;
      told.set(serviceText(key), [...earlier, effect]);
      // Where the line itself says something else than keepalived, ipvsadm-server-drift tells that of it.
      const [difference] = differencesOf(effects, index, effect, held);
      if (difference !== undefined && isWithin(difference.at, effect.site)) continue;
      yield {
        at: effect.site,
        message: `keepalived holds ${serviceText(key)} already: what ipvsadm puts there is not checked, and both change the same entries`,
        notes: [{ message: "the service in keepalived's configuration", at: held.site }],
      };
    }
  },
});

const isWithin = (inner: Site, outer: Site): boolean =>
  inner.file === outer.file && inner.span.start >= outer.span.start && inner.span.end <= outer.span.end;
