import { advertInterval, basePriority, downTimerAdverts, vrrpVersion } from "../../model/node/defaults.ts";
import { trackerReader } from "../../model/node/tracking.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "detection-time-report",
  summary: "How long it takes until a failed check and a dead node are noticed, with the numbers.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "measured: gaps after a crash with intervals of 1 and 4 s, keepalived 2.2.7 and 2.4.3",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3717",
  ],
  off: true,
  subject: "configuration",

  *check(configuration): Generator<RuleFinding> {
    const groups = configuration.groupsByInstance();
    const read = trackerReader(configuration);
    for (const instance of configuration.instances) {
      const interval = advertInterval(configuration, instance);
      const version = vrrpVersion(configuration, instance);
      const priority = basePriority(instance);
      if (interval === undefined || version === undefined || priority === undefined) continue;
      const adverts = downTimerAdverts(configuration, instance);
      const skew = ((256 - priority) / 256) * (version === 3 ? interval : 1);
      const group = groups.get(instance.name.value);
      const checks = [...read(instance), ...(group === undefined ? [] : read(group))].flatMap(({ kind, name, weight }) => {
        const script = kind === "script" ? configuration.scripts.find((one) => one.name.value === name) : undefined;
        if (script === undefined || (script.interval !== undefined && script.interval.value === undefined)) return [];
        const [fall, every] = [script.fall?.value ?? 1, script.interval?.value ?? 1];
        const noticed = weight === 0 ? "the address moves at once then" : "the priority falls then";
        return [
          {
            message: `a failure of ${shown(name)} is noticed after ${fall} × ${every} s = ${round(fall * every)} s at most, and the run it takes; ${noticed}`,
            at: script.name.site,
          },
        ];
      });
      yield {
        at: instance.name.site,
        message: `${instance.name.value}: a dead master is noticed after ${adverts} × ${interval} s + ${round(skew)} s = ${round(adverts * interval + skew)} s by this node (priority ${priority})`,
        notes: checks,
      };
    }
  },
});

const round = (seconds: number): number => Math.round(seconds * 100) / 100;
