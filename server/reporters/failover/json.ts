/** `kalint failover --format json`: the shape is binding (docs/ci.md). */
import type { Verdict } from "../../failover/judge.ts";
import type { StepReport } from "../../failover/simulate.ts";
import type { FailoverReport } from "./report.ts";

/** One cluster is `{ cluster, steps }`; several stand in `clusters`. */
export const failoverJson = (reports: readonly FailoverReport[]): string => {
  const all = reports.map(({ cluster, steps, verdicts }) => ({
    cluster,
    steps: steps.map((step, index) => stepJson(step, verdicts[index])),
  }));
  return `${JSON.stringify(all.length === 1 ? all[0] : { clusters: all }, undefined, 2)}\n`;
};

const stepJson = ({ step, addresses, states, priorities }: StepReport, verdicts: ReadonlyMap<string, Verdict> | undefined): object => ({
  step,
  vips: Object.fromEntries([...addresses].map(([address, answer]) => [address, { ...answer, verdict: verdicts?.get(address) ?? "fine" }])),
  states: object(states, (instances) => object(instances, (state) => state)),
  priority: object(priorities, (instances) => object(instances, (priority) => priority)),
});

const object = <T, R>(map: ReadonlyMap<string, T>, value: (item: T) => R): Readonly<Record<string, R>> =>
  Object.fromEntries([...map].map(([key, item]) => [key, value(item)]));
