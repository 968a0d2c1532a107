/** How long a script may take: its sleeps, and the limits that its commands set themselves. */
import { onOnePath, valueOf } from "./known.ts";
import type { Effect } from "./types.ts";

export interface Duration {
  readonly effect: Effect;
  readonly seconds: number;
  /** "sleep 5", "timeout 3", "curl up to 2 s". */
  readonly text: string;
  /** It takes this long for certain; else at most. */
  readonly certain: boolean;
}

/** What takes a known time and is waited for. */
const durationOf = (effect: Effect): Duration | undefined => {
  if (effect.background === true) return undefined;
  const limit = valueOf(effect.timeLimit);
  const sleeps = effect.kind === "wait" ? valueOf(effect.seconds) : undefined;
  if (sleeps !== undefined)
    return sleeps === 0 ? undefined : { effect, seconds: Math.min(sleeps, limit ?? sleeps), text: `sleep ${sleeps}`, certain: true };
  if (limit !== undefined) return { effect, seconds: limit, text: `timeout ${limit}`, certain: false };
  const own = effect.kind === "probe" ? (valueOf(effect.totalLimit) ?? valueOf(effect.connectLimit)) : undefined;
  return own === undefined || effect.kind !== "probe"
    ? undefined
    : { effect, seconds: own, text: `${effect.client} up to ${own} s`, certain: false };
};

/** More of them are not put together: each is compared with those chosen before. */
const mostDurations = 200;

/** The slowest way through a script, as far as it can be known: parts that one run can all take. */
export const slowestPath = (effects: readonly Effect[], onlyCertain = false): readonly Duration[] => {
  const all: Duration[] = [];
  const limits = new Set<string>();
  for (const effect of effects) {
    if (all.length >= mostDurations) break;
    const duration = durationOf(effect);
    if (duration === undefined || (onlyCertain && !duration.certain)) continue;
    // Several commands under one `timeout` share its time.
    if (effect.timeLimit !== undefined && !duration.certain) {
      const rounds = effect.path.flatMap((step) => (step.kind === "round" ? [step.round] : []));
      const key = `${effect.timeLimit.site.file} ${effect.timeLimit.site.span.start} ${rounds.join(" ")}`;
      if (limits.has(key)) continue;
      limits.add(key);
    }
    all.push(duration);
  }
  let best: readonly Duration[] = [];
  for (const anchor of all) {
    const chosen = [anchor];
    for (const one of all) if (one !== anchor && chosen.every((other) => onOnePath(one.effect, other.effect))) chosen.push(one);
    const ordered = chosen.toSorted((a, b) => all.indexOf(a) - all.indexOf(b));
    const waited = ordered.filter((one, index) => !succeeds(one, ordered.slice(index + 1)));
    if (total(waited) > total(best)) best = waited;
  }
  return best;
};

/** What is only gone on from when it succeeds has not used up its limit: a command that is ended fails. */
const succeeds = ({ effect, certain }: Duration, later: readonly Duration[]): boolean =>
  !certain &&
  later.some((other) =>
    other.effect.path.some(
      (step) =>
        step.kind === "branch" &&
        !effect.path.includes(step) &&
        step.site.span.start <= effect.site.span.start &&
        effect.site.span.end <= step.site.span.end &&
        (step.text.startsWith("not: ") ? step.text.endsWith(" fails") : step.text.endsWith(" succeeds")),
    ),
  );

export const total = (durations: readonly Duration[]): number => durations.reduce((sum, one) => sum + one.seconds, 0);
