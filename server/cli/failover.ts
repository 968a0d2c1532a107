/** `kalint failover`: what each single failure, or a scenario from a file, does to each virtual address. */
import { lineIndex, positionAt } from "../../grammar/text.ts";
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import { type SimulatedCluster, simulatedCluster } from "../failover/cluster.ts";
import { defaultScenario, readScenario, type Step } from "../failover/scenario.ts";
import { openDisk } from "../host/disk.ts";
import type { ClusterModel } from "../model/cluster/model.ts";
import { ofMachines } from "../model/cluster/templates.ts";
import { readProject } from "../model/cluster/project.ts";
import { everyFailure, hasAddresses, played } from "../reporters/failover/play.ts";
import { type FailoverReport, goesWrong } from "../reporters/failover/report.ts";
import type { FailoverRequest } from "./invocation.ts";
import { openProject } from "./project.ts";
import { colours, terminalWidth, type Terminal } from "./terminal.ts";

/** Exit status: 0, 1 when an address ends up where it should not, 2 for wrong use. */
export const failover = async (request: FailoverRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const refuse = (lines: readonly string[]): number => {
    for (const line of lines) terminal.complain(line);
    return 2;
  };
  const opened = await openProject(request, cwd);
  if (opened.kind === "refused") return refuse(opened.lines);
  const project = readProject(opened.request);
  // Whoever states the steps wants to see the states too, of instances without addresses as well.
  const machines = ofMachines(project);
  const clusters = machines.filter(request.scenario === undefined ? hasAddresses : hasInstances);
  if (clusters.length === 0) {
    const only = machines.length === 0 && project.clusters.length > 0;
    return refuse([
      only ? "there are templates only: what machines they make is not known" : "no keepalived configuration with a virtual address",
    ]);
  }
  const scenario = request.scenario === undefined ? undefined : readJson(request.scenario, cwd);
  if (scenario?.kind === "wrong") return refuse([scenario.line]);
  const planned = plansFor(clusters, opened.version ?? newestVersion, scenario?.value, request);
  if (typeof planned === "string") return refuse([planned]);
  const reports = planned.map(({ name, cluster, steps }) => played(name, cluster, steps));
  terminal.print(await formatted(reports, request, opened.version));
  return reports.some(goesWrong) ? 1 : 0;
};

const hasInstances = ({ nodes }: ClusterModel): boolean => nodes.some(({ configuration }) => (configuration?.instances.length ?? 0) > 0);

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
  { scenario: file, format }: FailoverRequest,
): readonly Plan[] | string => {
  const all = clusters.map((model) => ({ name: model.name, cluster: simulatedCluster(model, version) }));
  // Programs get the steps that are documented; people also want to know what a partition does.
  const stepsFor = (cluster: SimulatedCluster): readonly Step[] => (format === "json" ? defaultScenario(cluster) : everyFailure(cluster));
  if (file === undefined) return all.map(({ name, cluster }) => ({ name, cluster, steps: stepsFor(cluster) }));
  let problem = "";
  for (const { name, cluster } of all) {
    const read = readScenario(scenario, cluster);
    if (read.kind === "scenario") return [{ name, cluster, steps: read.steps }];
    if (problem === "") problem = read.problem;
  }
  return `${file}: ${problem}`;
};

const formatted = async (reports: readonly FailoverReport[], request: FailoverRequest, version: Version | undefined): Promise<string> => {
  switch (request.format) {
    case "json":
      return (await import("../reporters/failover/json.ts")).failoverJson(reports);
    case "markdown":
      return (await import("../reporters/failover/markdown.ts")).failoverMarkdown(reports);
    case "table": {
      const width = terminalWidth();
      const paint = await colours(request.color);
      const options = { paint, ...(width === undefined ? {} : { width }), ...(version === undefined ? { version: newestVersion } : {}) };
      return (await import("../reporters/failover/table.ts")).failoverTable(reports, options);
    }
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
    return { kind: "wrong", line: `${file}${complaint(got.text, error)}` };
  }
};

/** What the reader of JSON says, without the text it quotes, and where it gave up, when it tells. */
const complaint = (text: string, error: unknown): string => {
  const message = error instanceof Error ? error.message : "";
  const [first = ""] = /^[^"\n]*?(?=, "|, \.\.\.| in JSON|$)/u.exec(message) ?? [];
  const [, position] = /position (\d+)/u.exec(message) ?? [];
  const { line, column } = positionAt(lineIndex(text), Number(position ?? 0));
  return `${position === undefined ? "" : `:${line}:${column}`}: it is no JSON${first === "" ? "" : `: ${first}`}`;
};
