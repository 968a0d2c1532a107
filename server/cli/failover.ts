/** `kalint failover`: what each single failure, or a scenario from a file, does to each virtual address. */
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import { type SimulatedCluster, simulatedCluster } from "../failover/cluster.ts";
import { judge } from "../failover/judge.ts";
import { defaultScenario, readScenario, type Step } from "../failover/scenario.ts";
import { simulate } from "../failover/simulate.ts";
import { openDisk } from "../host/disk.ts";
import type { ClusterModel } from "../model/cluster/model.ts";
import { readProject } from "../model/cluster/project.ts";
import { failoverJson, failoverMarkdown, type FailoverReport, failoverTable, isWrong } from "../reporters/failover.ts";
import type { FailoverFormat, FailoverRequest } from "./invocation.ts";
import { openProject } from "./project.ts";
import type { Terminal } from "./terminal.ts";

/** Exit status: 0, 1 when an address ends up where it should not, 2 for wrong use. */
export const failover = async (request: FailoverRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const refuse = (lines: readonly string[]): number => {
    for (const line of lines) terminal.complain(line);
    return 2;
  };
  const opened = await openProject(request, cwd);
  if (opened.kind === "refused") return refuse(opened.lines);
  const project = readProject(opened.request);
  const clusters = project.clusters.filter(hasAddresses);
  if (clusters.length === 0) return refuse(["no keepalived configuration with a virtual address"]);
  const scenario = request.scenario === undefined ? undefined : readJson(request.scenario, cwd);
  if (scenario?.kind === "wrong") return refuse([scenario.line]);
  const planned = plansFor(clusters, opened.version ?? newestVersion, scenario?.value, request.scenario);
  if (typeof planned === "string") return refuse([planned]);
  const reports = planned.map(({ name, cluster, steps }): FailoverReport => {
    const played = simulate(cluster, steps);
    return { cluster: name, steps: played, verdicts: judge(cluster, played) };
  });
  terminal.print(formatted(reports, request.format));
  return reports.some(goesWrong) ? 1 : 0;
};

const hasAddresses = ({ nodes }: ClusterModel): boolean => nodes.some(({ configuration }) => (configuration?.instances.length ?? 0) > 0);

const goesWrong = ({ verdicts }: FailoverReport): boolean => verdicts.some((step) => [...step.values()].some(isWrong));

interface Plan {
  readonly name: string;
  readonly cluster: SimulatedCluster;
  readonly steps: readonly Step[];
}

/** A scenario is for the cluster whose nodes it names; of several clusters the first that can play it. */
const plansFor = (
  clusters: readonly ClusterModel[],
  version: Version,
  scenario: unknown,
  file: string | undefined,
): readonly Plan[] | string => {
  const all = clusters.map((model) => ({ name: model.name, cluster: simulatedCluster(model, version) }));
  if (file === undefined) return all.map(({ name, cluster }) => ({ name, cluster, steps: defaultScenario(cluster) }));
  let problem = "";
  for (const { name, cluster } of all) {
    const read = readScenario(scenario, cluster);
    if (read.kind === "scenario") return [{ name, cluster, steps: read.steps }];
    if (problem === "") problem = read.problem;
  }
  return `${file}: ${problem}`;
};

const formatted = (reports: readonly FailoverReport[], format: FailoverFormat): string => {
  switch (format) {
    case "json":
      return failoverJson(reports);
    case "markdown":
      return failoverMarkdown(reports);
    case "table":
      return failoverTable(reports);
  }
};

const readJson = (
  file: string,
  cwd: string,
): { readonly kind: "read"; readonly value: unknown } | { readonly kind: "wrong"; readonly line: string } => {
  const disk = openDisk({ cwd, allow: [file] });
  const got = disk.read(disk.nameOf(file));
  if (got.kind !== "text") return { kind: "wrong", line: `--scenario ${file}: ${got.reason}` };
  try {
    return { kind: "read", value: JSON.parse(got.text) };
  } catch (error) {
    return { kind: "wrong", line: `${file}: ${error instanceof Error ? error.message : "it is no JSON"}` };
  }
};
