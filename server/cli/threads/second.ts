/** The second thread: it reads the project as the first one does, judges the clusters it gets hold of, and hands over what was said. */
import { activeRules, clusterSteps } from "../../analysis/run.ts";
import { givenToThread, handOver } from "../../host/thread.ts";
import { projectSteps } from "../../model/cluster/project.ts";
import { rules } from "../../rules/index.ts";
import { askedRules } from "../check.ts";
import { completed, optionsFor } from "../judging.ts";
import { openProject } from "../project.ts";
import { type Answer, clustersToTake, textsOf, type Work } from "./work.ts";

export const help = async (): Promise<void> => {
  const { request, cwd, taken } = givenToThread() as Work;
  const severities = await askedRules(request);
  const opened = await openProject(request, cwd);
  // The first thread says what is wrong with the request.
  if (opened.kind === "refused" || typeof severities === "string") return;
  const { clusters } = completed(projectSteps(opened.request));
  const options = optionsFor(opened, severities);
  const asked = activeRules(rules, options);
  const answers: Answer[] = [];
  for (const [index, cluster] of clustersToTake(clusters, taken))
    answers.push({ index, texts: textsOf(cluster, opened.textOf), said: completed(clusterSteps(cluster, asked, options)) });
  handOver(answers);
};
