/** The steps as people think of them: a failure and its end are one thing, and addresses that always move together are one. */
import type { Verdict } from "../../failover/judge.ts";
import type { Step } from "../../failover/scenario.ts";
import type { AddressReport } from "../../failover/simulate.ts";
import type { FailoverReport } from "./report.ts";

export interface Outcome {
  readonly answer: AddressReport;
  readonly verdict: Verdict;
}

export interface Episode {
  readonly step: Step;
  /** Who held it before; undefined for the first step. */
  readonly before?: AddressReport;
  readonly during: Outcome;
  /** When it is over; undefined for a step that nothing undoes next. */
  readonly after?: Outcome;
}

/** Addresses that share every holder, gap and verdict. */
export interface Course {
  readonly addresses: readonly string[];
  readonly episodes: readonly Episode[];
}

export const coursesOf = ({ steps, verdicts }: FailoverReport): readonly Course[] => {
  const courses = new Map<string, { readonly addresses: string[]; readonly outcomes: readonly Outcome[] }>();
  for (const address of steps[0]?.addresses.keys() ?? []) {
    const outcomes = steps.map(({ addresses }, index): Outcome => ({
      answer: addresses.get(address)!,
      verdict: verdicts[index]?.get(address) ?? "fine",
    }));
    const key = JSON.stringify(
      outcomes.map(({ answer: { holders, uncertain, nobody, several }, verdict }) => [holders, uncertain, nobody, several, verdict]),
    );
    const known = courses.get(key);
    if (known === undefined) courses.set(key, { addresses: [address], outcomes });
    else known.addresses.push(address);
  }
  return [...courses.values()].map(({ addresses, outcomes }) => ({
    addresses,
    episodes: episodesOf(
      steps.map(({ step }) => step),
      outcomes,
    ),
  }));
};

const episodesOf = (steps: readonly Step[], outcomes: readonly Outcome[]): readonly Episode[] => {
  const episodes: Episode[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]!;
    const next = steps[index + 1];
    const before = outcomes[index - 1]?.answer;
    const undone = next !== undefined && undoes(next, step);
    episodes.push({
      step,
      ...(before === undefined ? {} : { before }),
      during: outcomes[index]!,
      ...(undone ? { after: outcomes[index + 1]! } : {}),
    });
    if (undone) index++;
  }
  return episodes;
};

const ends: Readonly<Partial<Record<Step["do"], Step["do"]>>> = {
  crash: "restart",
  stop: "restart",
  fail: "ok",
  link_down: "link_up",
  partition: "heal",
};

const undoes = (next: Step, step: Step): boolean =>
  next.do === ends[step.do] &&
  next.node === step.node &&
  next.nodes?.join() === step.nodes?.join() &&
  next.script === step.script &&
  next.iface === step.iface &&
  next.segment === step.segment;
