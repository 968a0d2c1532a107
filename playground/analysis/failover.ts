/** What each single failure does, as tables: one for every cluster that has addresses. */
import type { Version } from "../../grammar/vocabulary/types.ts";
import { simulatedCluster } from "../../server/failover/cluster.ts";
import { judge } from "../../server/failover/judge.ts";
import { defaultScenario, partitionSteps } from "../../server/failover/scenario.ts";
import { simulate } from "../../server/failover/simulate.ts";
import type { ClusterModel } from "../../server/model/cluster/model.ts";
import { coursesOf, type Episode } from "../../server/reporters/failover/course.ts";
import { isWrong } from "../../server/reporters/failover/report.ts";
import { afterwardsInWords, courseInWords, explained, gapsInWords, race, stepInWords } from "../../server/reporters/failover/words.ts";
import type { FailoverRow, FailoverTable } from "../messages.ts";

/** More daemons than these take longer to play than somebody who types waits. */
const mostDaemons = 12;

export const failoverTable = (model: ClusterModel, version: Version): FailoverTable | undefined => {
  const cluster = simulatedCluster(model, version);
  const nodes = cluster.daemons.map(({ node }) => node);
  if (nodes.length === 0 || nodes.length > mostDaemons) return undefined;
  const steps = simulate(cluster, [...defaultScenario(cluster), ...partitionSteps(cluster)]);
  const said = new Set<string>();
  const courses = coursesOf({ cluster: model.name, nodes, steps, verdicts: judge(cluster, steps) }).map(({ addresses, episodes }) => ({
    addresses,
    rows: episodes.map((episode) => rowOf(episode, said)),
  }));
  return courses.length === 0 ? undefined : { cluster: model.name, nodes, courses };
};

const rowOf = ({ step, before, during, after }: Episode, said: Set<string>): FailoverRow => {
  const outcomes = [during, ...(after === undefined ? [] : [after])];
  const isApart = outcomes.some(({ verdict }) => verdict === "partition");
  // Where several held it anyway, a partition is not what to look at.
  const told = outcomes.filter(({ verdict }) => verdict !== "partition" || (before?.holders.length ?? 0) < 2);
  const remarks = told
    .flatMap(({ answer, verdict }) => [explained(verdict, answer.why), answer.uncertain ? race : ""])
    .filter((text, index, all) => text !== "" && !said.has(text) && all.indexOf(text) === index);
  for (const text of remarks) said.add(text);
  return {
    step: stepInWords(step),
    held: courseInWords(before, during.answer),
    meanwhile: gapsInWords(during.answer),
    afterwards: after === undefined ? "" : afterwardsInWords(before, during.answer, after.answer),
    verdict: outcomes.some(({ verdict }) => isWrong(verdict)) ? "wrong" : isApart ? "inherent" : "fine",
    remarks,
  };
};
