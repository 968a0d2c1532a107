import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { timeLimitOf } from "../../model/cluster/time-limits.ts";
import { changeIn, endsKeepalived } from "../../model/effects/side-effects.ts";

export default defineRule({
  id: "check-has-side-effects",
  summary: "A check that starts, stops or changes something: every node does so, and the check may be ended half-way.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1264",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1323",
    "measured: at the timeout the whole process group of the check gets TERM (2.2.7 and 2.4.3)",
  ],
  subject: "linkedScript",

  *check(linked) {
    if (!isCheck(linked)) return;
    const [first, ...more] = linked.effects.effects.flatMap((effect) => {
      const change = endsKeepalived(effect) === undefined ? changeIn(effect) : undefined;
      return change === undefined ? [] : [{ effect, change }];
    });
    if (first === undefined) return;
    const at = first.effect.site;
    const limit = timeLimitOf(linked);
    const told = new Set([`${at.span.start}`]);
    yield {
      at,
      message: `the check ${first.change}: every node that runs it does so, and keepalived ends it half-way when it takes too long${
        limit === undefined || !Number.isFinite(limit.seconds) ? "" : ` (${limit.seconds} s)`
      }`,
      notes: [
        ...runNotes([linked], at),
        ...more
          .filter(({ effect }) => !told.has(`${effect.site.span.start}`) && told.add(`${effect.site.span.start}`))
          .slice(0, 3)
          .map(({ effect, change }) => ({ message: `it also ${change}`, at: effect.site })),
        { message: "a service manager restarts what has died (Restart=on-failure); the check only has to tell" },
      ],
    };
  },
});
