/** What became of each virtual address of a cluster after every step, for the writers beside this file. */
import type { Verdict } from "../../failover/judge.ts";
import type { StepReport } from "../../failover/simulate.ts";

export interface FailoverReport {
  readonly cluster: string;
  /** The nodes that run keepalived. */
  readonly nodes: readonly string[];
  readonly steps: readonly StepReport[];
  /** By step and address. */
  readonly verdicts: readonly ReadonlyMap<string, Verdict>[];
}

/** What is marked; a partition's two holders are inherent and are not. */
export const isWrong = (verdict: Verdict): boolean => verdict !== "fine" && verdict !== "partition";

export const goesWrong = ({ verdicts }: FailoverReport): boolean => verdicts.some((step) => [...step.values()].some(isWrong));
