/** The first thread's part of a run that two threads share. */
import { activeRules, type Analysis, type AnalysisOptions, clusterSteps, concluded, type Said } from "../../analysis/run.ts";
import { startThread } from "../../host/thread.ts";
import type { Project } from "../../model/cluster/project.ts";
import { rules } from "../../rules/index.ts";
import type { CheckRequest } from "../invocation.ts";
import { completed } from "../judging.ts";
import { standardInput } from "../targets.ts";
import { type Answer, clustersToTake, textsOf, type Work } from "./work.ts";

export interface Help {
  readonly taken: Int32Array;
  readonly answers: Promise<readonly Answer[]>;
}

/** Starts the second thread, where there can be one. */
export const startHelp = (request: CheckRequest, cwd: string): Help | undefined => {
  if (request.paths.includes(standardInput)) return undefined;
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const work: Work = { request, cwd, taken };
  const started = startThread(work);
  return started && { taken, answers: started.answer.then((answers) => (answers ?? []) as readonly Answer[]) };
};

/** The same as one thread alone would find, whatever becomes of the other one. */
export const sharedAnalysis = async (
  { clusters, ...project }: Project,
  options: AnalysisOptions,
  { taken, answers }: Help,
  tick: () => void,
): Promise<Analysis> => {
  const asked = activeRules(rules, options);
  const judged = (cluster: Project["clusters"][number]): Said => completed(clusterSteps(cluster, asked, options), tick);
  const said = new Map<number, Said>();
  for (const [index, cluster] of clustersToTake(clusters, taken)) said.set(index, judged(cluster));
  for (const { index, texts, said: other } of await answers) {
    const cluster = clusters[index];
    if (cluster !== undefined && texts === textsOf(cluster, options.textOf)) said.set(index, other);
  }
  const all = clusters.map((cluster, index) => said.get(index) ?? judged(cluster));
  return concluded({ clusters, ...project }, rules, options, all);
};
