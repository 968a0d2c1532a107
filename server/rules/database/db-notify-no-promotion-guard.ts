import { defineRule } from "../../analysis/rule.ts";
import { runNotes } from "../../analysis/scripts.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect } from "../../model/effects/types.ts";

export default defineRule({
  id: "db-notify-no-promotion-guard",
  summary: "`notify_master` makes a replica writable without making sure that the old master is not: after a network cut both take writes.",
  severity: "info",
  since: "0.1.0",
  off: true,
  sources: ["measured: while the network between two nodes is cut both are MASTER, and notify_master runs on both (2.2.7 and 2.4.3)"],
  subject: "linkedScript",

  *check(linked) {
    const { keyword } = linked.command.item;
    if (linked.use !== "notify" || (keyword.value !== "notify_master" && keyword.value !== "notify")) return;
    const { effects } = linked.effects;
    const promotion = effects.find(promotes);
    if (promotion === undefined || effects.some(looksAtPeer)) return;
    yield {
      at: promotion.site,
      message: `${keyword.value} makes this node writable whatever became of the other: when the network between them is cut, both take writes`,
      notes: [
        ...runNotes([linked], promotion.site),
        { message: "first make sure that the old master is gone: ask it, a third machine, or the fencing device" },
      ],
    };
  },
});

const promotes = (effect: Effect): boolean => {
  if (effect.kind === "file") return effect.action !== "remove" && /(?:trigger|promote)/iu.test(valueOf(effect.file) ?? "");
  const text = textOf(effect);
  return /(?:slaveof|replicaof) no one|pg_ctl.*promote|pg_promote|read_only *= *(?:0|off)\b|reset (?:slave|replica) all/iu.test(text);
};

/** The command with its arguments, or what a client asks; nothing of what only prints. */
const textOf = (effect: Effect): string => {
  if (effect.kind === "probe") return valueOf(effect.question) ?? "";
  if (effect.kind !== "run" || /^(?:echo|printf)$/u.test(valueOf(effect.name) ?? "")) return "";
  return [effect.name, ...effect.arguments].map((one) => valueOf(one) ?? "").join(" ");
};

const looksAtPeer = (effect: Effect): boolean =>
  (effect.kind === "probe" && /^(?:ping6?|fping|nc.*|curl|wget|telnet)$/u.test(effect.client)) ||
  effect.kind === "announce" ||
  (effect.kind === "run" && /(?:^|\/)(?:ssh|ipmitool|stonith.*|fence_.*|flock)$/u.test(valueOf(effect.name) ?? ""));
