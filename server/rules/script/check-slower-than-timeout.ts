import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { list } from "../../analysis/wording.ts";
import { timeLimitOf } from "../../model/cluster/time-limits.ts";
import { slowestPath, total } from "../../model/effects/durations.ts";

export default defineRule({
  id: "check-slower-than-timeout",
  summary: "A check that may take longer than keepalived waits: it is ended half-way, and the run counts as failed.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1264",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1351",
    "measured: a slow script without timeout fails after its interval (2.2.7 and 2.4.3)",
  ],
  subject: "linkedScript",

  *check(linked) {
    if (!isCheck(linked)) return;
    const limit = timeLimitOf(linked);
    const parts = slowestPath(linked.effects.effects);
    const [first] = parts;
    if (limit === undefined || first === undefined || total(parts) <= limit.seconds) return;
    const sure = total(parts.filter(({ certain, effect }) => certain && effect.path.length === 0)) > limit.seconds;
    const texts = parts.map(({ text }) => text);
    const at = first.effect.site;
    const setting = limit.site === undefined ? `${limit.keyword} when none is written` : limit.keyword;
    yield {
      at,
      message: `the check ${sure ? "takes" : "can take"} ${round(total(parts))} s (${list(texts, "and", 5)}), keepalived ends it after ${limit.seconds} s, the ${setting}: ${
        sure ? "every run fails, and what stands behind is never done" : "the run counts as failed, and what stands behind is not done"
      }`,
      notes: [
        ...runNotes([linked], at),
        ...(limit.site === undefined ? [] : [{ message: `${limit.keyword} is set here`, at: limit.site }]),
        ...parts.slice(1, 4).map(({ effect, text }) => ({ message: text, at: effect.site })),
      ],
    };
  },
});

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
