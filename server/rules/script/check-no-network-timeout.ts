import type { Edit, Fix } from "../../analysis/finding.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { timeLimitOf } from "../../model/cluster/time-limits.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect, ProbeEffect } from "../../model/effects/types.ts";

export default defineRule({
  id: "check-no-network-timeout",
  summary: "A check asks over the network without a limit: keepalived ends it, and nobody learns what hung.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1264",
    "measured: a check that hangs is ended at its timeout, by default its interval, and the log says `timed_out` and no more (2.2.7 and 2.4.3)",
  ],
  subject: "linkedScript",
  fix: "review",

  *check(linked) {
    if (!isCheck(linked)) return;
    const limit = timeLimitOf(linked);
    const calls = unlimited(linked.effects.effects);
    const [first, ...more] = calls;
    if (first === undefined) return;
    const waits = limit === undefined || !Number.isFinite(limit.seconds) ? "at its timeout" : `after ${limit.seconds} s`;
    const at = first.effect.site;
    yield {
      at,
      message: `${first.tool} waits without a limit: when the other side hangs, keepalived ends the whole check ${waits}, and the log does not say what hung`,
      notes: [...runNotes([linked], at), ...more.slice(0, 3).map(({ effect, tool }) => ({ message: `${tool} as well`, at: effect.site }))],
      fixes: limited(calls, limit?.seconds),
    };
  },
});

interface Call {
  readonly effect: ProbeEffect;
  readonly tool: string;
}

/** Each place once, whatever it is run with. */
const unlimited = (effects: readonly Effect[]): readonly Call[] => {
  const found = new Map<number, Call>();
  for (const effect of effects) {
    if (effect.kind !== "probe" || found.has(effect.site.span.start) || mayBeLimited(effect)) continue;
    found.set(effect.site.span.start, { effect, tool: effect.client });
  }
  return [...found.values()];
};

/** pg_isready waits 3 s by itself. What stands among the options and cannot be read may be a limit. */
const mayBeLimited = ({ timeLimit, totalLimit, connectLimit, client, words = [] }: ProbeEffect): boolean => {
  if (timeLimit !== undefined || totalLimit !== undefined || connectLimit !== undefined || client === "pg_isready") return true;
  return words.some((word, index) => {
    const text = valueOf(word);
    if (text !== undefined) return /connect_?timeout/iu.test(text);
    return index > 0 && index < words.length - 1 && valueOf(words[index - 1])?.startsWith("-") !== true;
  });
};

/** Half of what the check has, at least a second where that is enough. */
const limited = (calls: readonly Call[], available: number | undefined): readonly Fix[] => {
  const bound = available === undefined || !Number.isFinite(available) ? 2 : available > 1 ? Math.max(1, Math.floor(available / 2)) : 0.5;
  if (calls.some(({ effect, tool }) => effect.command.via !== undefined || tool.startsWith("/dev/"))) return [];
  return fixWith(
    `Wait ${bound} s at most`,
    "review",
    calls.map(({ effect, tool }) => limit(effect, tool, bound)),
  );
};

const limit = ({ command: { file, span } }: ProbeEffect, tool: string, bound: number): Edit => {
  const insert = (offset: number, replacement: string): Edit => ({ at: { file, span: { start: offset, end: offset } }, replacement });
  if (tool === "curl") return insert(span.end, ` --max-time ${bound}`);
  if (tool === "wget") return insert(span.end, ` --timeout=${bound} --tries=1`);
  return insert(span.start, `timeout ${bound} `);
};
