/** One weighted tracker of the master fails and everything else is fine: does the address move? */
import type { Member } from "../model/cluster/model.ts";
import { type Tracker, trackerReader } from "../model/node/tracking.ts";
import type { Outcome, Rehearsal } from "./rehearse.ts";
import type { Repairs } from "./repair.ts";
import type { Step } from "./scenario.ts";

export interface Trial {
  readonly master: Member;
  readonly tracker: Tracker;
  /** As the daemon takes it; never 0. */
  readonly weight: number;
  readonly before: Outcome;
  readonly after: Outcome;
  /** The best of the others that could take over. */
  readonly rival: Member;
}

/** Trials of every weighted tracker of the router's master. Files are left out: what number they will hold nobody knows. */
export function* trialsOf(rehearsal: Rehearsal, repairs: Repairs | ((master: Member, tracker: Tracker) => Repairs) = {}): Generator<Trial> {
  const member = rehearsal.members[0]!;
  // Most routers have none: nothing is played for them.
  if (rehearsal.members.every((each) => weightedTrackers(rehearsal, each).length === 0)) return;
  const [healthy] = rehearsal.play([]);
  const master = healthy?.master(member);
  if (healthy === undefined || master === undefined) return;
  for (const { tracker, weight } of weightedTrackers(rehearsal, master)) {
    const chosen = typeof repairs === "function" ? repairs(master, tracker) : repairs;
    const [before, after] = rehearsal.play([failureOf(master, tracker)], chosen);
    if (before === undefined || after === undefined || before.master(member) !== master) continue;
    const rival = rehearsal.members
      .filter((other) => other !== master && after.state(other) !== "FAULT")
      .toSorted((a, b) => after.priority(b) - after.priority(a))[0];
    if (rival !== undefined) yield { master, tracker, weight, before, after, rival };
  }
}

/** Trials in which the weight is as great as can be, nopreempt is as it is written, and nothing moves because of it. */
export const blockedTrials = (rehearsal: Rehearsal): readonly Trial[] =>
  [...trialsOf(rehearsal, (master, tracker) => ({ decisive: { node: master.node.name, tracker: keyOf(tracker) } }))].filter(
    ({ master, after, rival, tracker }) => {
      if (after.master(master) !== master || after.priority(master) >= after.priority(rival)) return false;
      // Without nopreempt it does move: nothing else, such as a sync group, holds it.
      return [...trialsOf(rehearsal, () => ({ nopreempt: "ignored", decisive: { node: master.node.name, tracker: keyOf(tracker) } }))].some(
        (other) => other.tracker.entry === tracker.entry && other.after.master(master) !== master,
      );
    },
  );

/** Whether the address stays where it is when all of these fail at once. */
export const staysWith = (rehearsal: Rehearsal, master: Member, trackers: readonly Tracker[], repairs: Repairs): boolean =>
  rehearsal
    .play(
      trackers.map((tracker) => failureOf(master, tracker)),
      repairs,
    )
    .at(-1)
    ?.master(master) === master;

export const failureOf = ({ node }: Member, { kind, name }: Tracker): Step =>
  kind === "interface" ? { do: "link_down", node: node.name, iface: name } : { do: "fail", node: node.name, script: name };

/** The trackers whose weight the daemon counts for a member, its own and those of its group; reversed ones are none that fail. */
const weightedTrackers = (rehearsal: Rehearsal, member: Member): readonly { readonly tracker: Tracker; readonly weight: number }[] => {
  const { configuration, instance } = member;
  const { tracks, interfaces } = rehearsal.settingsOf(member);
  const counted = new Map([
    ...tracks.map(({ name, weight, reverse }) => [name, reverse ? 0 : weight] as const),
    ...interfaces.map(({ name, weight, reverse }) => [`interface ${name}`, reverse ? 0 : weight] as const),
  ]);
  const group = configuration.groupsByInstance().get(instance.name.value);
  const read = trackerReader(configuration);
  const found = new Map<string, { readonly tracker: Tracker; readonly weight: number }>();
  for (const tracker of [...read(instance), ...(group === undefined ? [] : read(group))]) {
    const key = keyOf(tracker);
    const weight = counted.get(key) ?? 0;
    if (weight !== 0 && tracker.kind !== "file" && !found.has(key)) found.set(key, { tracker, weight });
  }
  return [...found.values()];
};

/** As settings name it: "script chk". */
export const keyOf = ({ kind, name }: Pick<Tracker, "kind" | "name">): string => `${kind} ${name}`;
