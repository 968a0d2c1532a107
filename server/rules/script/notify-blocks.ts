import { defineRule } from "../../analysis/rule.ts";
import { runNotes } from "../../analysis/scripts.ts";
import { slowestPath, total, type Duration } from "../../model/effects/durations.ts";

/** Seconds of sleep in which the state may well change again. */
const long = 5;
/** What keepalived leaves a script that hears of the end. */
const atStop = 1;

export default defineRule({
  id: "notify-blocks",
  summary: "A notify script that sleeps: keepalived waits for none, so that the script of the next state overtakes it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/notify-overlap", "keepalived v2.4.3 lib/notify.c:316", "keepalived v2.4.3 keepalived/vrrp/vrrp_notify.c:148"],
  subject: "linkedScript",

  *check(linked) {
    if (linked.use !== "notify") return;
    const keyword = linked.command.item.keyword.value;
    const sleeps = slowestPath(linked.effects.effects, true).filter((duration) => keyword === "notify_stop" || !isForStop(duration));
    const [first] = sleeps;
    const seconds = total(sleeps);
    if (first === undefined || (keyword === "notify_stop" ? seconds < atStop : seconds < long)) return;
    const at = first.effect.site;
    yield {
      at,
      message:
        keyword === "notify_stop"
          ? `${keyword} sleeps ${seconds} s, and keepalived kills it ${atStop} s after it began: what stands behind the sleep is never done`
          : `${keyword} sleeps ${seconds} s and keepalived does not wait: when the state changes meanwhile, the script of the new state runs first and this one has the last word`,
      notes: [
        ...runNotes([linked], at),
        ...sleeps.slice(1, 4).map(({ effect, text }) => ({ message: text, at: effect.site })),
        ...(keyword === "notify_stop" ? [] : [{ message: "a lock (flock) keeps the order, and so does a notify_fifo" }]),
      ],
    };
  },
});

const isForStop = ({ effect }: Duration): boolean =>
  effect.path.some((step) => step.kind === "branch" && step.values?.some((value) => /^stop$/iu.test(value)) === true);
