/** What happens to a cluster, step by step. */
import { nearestWord } from "../../grammar/vocabulary/nearest.ts";
import type { SimulatedCluster } from "./cluster.ts";

export const stepNames = ["start", "stop", "crash", "restart", "fail", "ok", "link_down", "link_up", "partition", "heal", "wait"] as const;
export type StepName = (typeof stepNames)[number];

/** Without `node` or `nodes`, all nodes; without `script` or `iface`, all of the node's. */
export interface Step {
  readonly do: StepName;
  readonly node?: string;
  readonly nodes?: readonly string[];
  /** Seconds between the starts of two nodes. */
  readonly gap?: number;
  readonly script?: string;
  readonly iface?: string;
  /** The interface is switched off on the node; otherwise its cable is pulled. */
  readonly admin?: boolean;
  /** Nodes of one group hear each other; those in none form one more. */
  readonly groups?: readonly (readonly string[])[];
  readonly segment?: string;
  /** Seconds after the step at which the state is told. */
  readonly wait?: number;
}

export type ScenarioResult =
  { readonly kind: "scenario"; readonly steps: readonly Step[] } | { readonly kind: "wrong"; readonly problem: string };

const wrong = (problem: string): { readonly kind: "wrong"; readonly problem: string } => ({ kind: "wrong", problem });

/** Seconds a step may take, and steps a scenario may have: what is simulated stays bounded. */
const longest = 3600;
const most = 1000;

/** Reads what JSON said: `{ "steps": [ … ] }` or the list alone. Never throws. */
export const readScenario = (value: unknown, cluster: SimulatedCluster): ScenarioResult => {
  const list: unknown = Array.isArray(value) ? value : isObject(value) ? value["steps"] : undefined;
  if (!Array.isArray(list)) return wrong('a scenario is { "steps": [ … ] }');
  if (list.length > most) return wrong(`a scenario has at most ${most} steps, and this one has ${list.length}`);
  const steps: Step[] = [];
  for (const [index, entry] of list.entries()) {
    const step = readStep(entry, cluster);
    if (typeof step === "string") return wrong(`step ${index + 1}: ${step}`);
    steps.push(step);
  }
  return { kind: "scenario", steps };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const keys = ["do", "node", "nodes", "gap", "script", "iface", "admin", "groups", "segment", "wait"];

/** The step, or what is wrong with it. */
const readStep = (entry: unknown, cluster: SimulatedCluster): Step | string => {
  if (!isObject(entry)) return 'it is no object like { "do": "crash", "node": "A" }';
  const name = stepNames.find((known) => known === entry["do"]);
  if (name === undefined) return `${quoted(entry["do"])} is no step; there are ${stepNames.join(", ")}`;
  const strange = Object.keys(entry).find((key) => !keys.includes(key));
  if (strange !== undefined) return `a step has no "${strange}"${suggestion(strange, keys)}`;
  const { node, nodes, script, iface, segment, gap, wait, admin, groups } = entry;
  const nodeNames = cluster.daemons.map((daemon) => daemon.node);
  for (const text of [node, script, iface, segment])
    if (text !== undefined && typeof text !== "string") return `${quoted(text)} is no name`;
  for (const number of [gap, wait])
    if (number !== undefined && (typeof number !== "number" || !(number >= 0 && number <= longest)))
      return `${quoted(number)} is no number of seconds up to ${longest}`;
  if (admin !== undefined && typeof admin !== "boolean") return `"admin" is true or false`;
  if (nodes !== undefined && !isNames(nodes)) return `"nodes" is a list of names`;
  if (groups !== undefined && !(Array.isArray(groups) && groups.every(isNames))) return `"groups" is a list of lists of nodes`;
  const named = [node, ...(nodes ?? []), ...((groups as readonly string[][] | undefined) ?? []).flat()];
  for (const one of named)
    if (one !== undefined && !nodeNames.includes(one as string))
      return `there is no node ${quoted(one)}${suggestion(one as string, nodeNames)}${thereAre(nodeNames)}`;
  if (["stop", "crash", "restart"].includes(name) && node === undefined && nodes === undefined) return `"${name}" wants a node`;
  if (name === "partition" && groups === undefined) return `"partition" wants groups: [["${nodeNames[0] ?? "A"}"], …]`;
  const chosen = nodeNames.filter((one) => (node === undefined ? (nodes?.includes(one) ?? true) : one === node));
  const trackers = chosen.flatMap((one) => cluster.trackers.get(one) ?? []);
  if (typeof script === "string" && !trackers.includes(script))
    return `there is no script ${quoted(script)}${suggestion(script, trackers)}${thereAre(trackers)}`;
  const interfaces = chosen.flatMap((one) => [...(cluster.daemons.find((daemon) => daemon.node === one)?.interfaces.keys() ?? [])]);
  if (typeof iface === "string" && !interfaces.includes(iface))
    return `there is no interface ${quoted(iface)}${suggestion(iface, interfaces)}${thereAre(interfaces)}`;
  return entry as unknown as Step;
};

const isNames = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((name) => typeof name === "string");

const quoted = (value: unknown): string => JSON.stringify(value) ?? "nothing";

/** "; there are eth0, eth1" */
const thereAre = (names: readonly string[]): string => {
  const all = [...new Set(names)];
  if (all.length === 0) return "; there is none";
  return `; there ${all.length === 1 ? "is" : "are"} ${all.slice(0, mostNamed).join(", ")}${all.length > mostNamed ? ` and ${all.length - mostNamed} more` : ""}`;
};

const mostNamed = 12;

const suggestion = (word: string, known: readonly string[]): string => {
  const near = nearestWord(word, known);
  return near === undefined ? "" : `, did you mean ${near}?`;
};

/** Start all; then every node crashes and returns, every tracked script fails and recovers, every interface goes down and up. */
export const defaultScenario = ({ daemons, trackers }: SimulatedCluster): readonly Step[] => [
  { do: "start" },
  ...daemons.flatMap(({ node }): readonly Step[] => [
    { do: "crash", node },
    { do: "restart", node },
  ]),
  ...daemons.flatMap(({ node, instances }) => {
    const tracked = new Set(instances.flatMap(({ tracks }) => tracks.map(({ name }) => name.slice(name.indexOf(" ") + 1))));
    return (trackers.get(node) ?? [])
      .filter((script) => tracked.has(script))
      .flatMap((script): readonly Step[] => [
        { do: "fail", node, script },
        { do: "ok", node, script },
      ]);
  }),
  ...daemons.flatMap(({ node, interfaces }) =>
    [...interfaces.keys()]
      .filter((iface) => iface !== "lo")
      .flatMap((iface): readonly Step[] => [
        { do: "link_down", node, iface },
        { do: "link_up", node, iface },
      ]),
  ),
];

/** A network in two: of two nodes one from the other, of more each from the others. */
export const partitionSteps = ({ daemons }: SimulatedCluster): readonly Step[] => {
  const names = daemons.map(({ node }) => node);
  if (names.length < 2) return [];
  return (names.length === 2 ? names.slice(0, 1) : names.slice(0, mostPartitions)).flatMap((alone): readonly Step[] => [
    { do: "partition", groups: [[alone], names.filter((name) => name !== alone)] },
    { do: "heal" },
  ]);
};

const mostPartitions = 8;

/** Seconds until things have settled: a master is missed after three or four adverts, and a script after its rounds. */
export const settlingTime = ({ daemons }: SimulatedCluster, step: Step): number => {
  if (step.wait !== undefined) return step.wait;
  const instances = daemons.flatMap((daemon) => daemon.instances);
  const largest = (values: readonly number[]): number => Math.max(0, ...values) / 1_000_000;
  const missed = largest(instances.map(({ advertInterval, downTimerAdverts }) => advertInterval * (downTimerAdverts + 1)));
  const scripts = daemons.flatMap(({ trackers }) =>
    [...trackers.values()].flatMap((tracker) => (tracker.kind === "script" ? tracker.interval * Math.max(tracker.rise, tracker.fall) : [])),
  );
  const delays = largest(instances.map(({ preemptDelay }) => preemptDelay)) + 4 * largest(daemons.map(({ startupDelay }) => startupDelay));
  return Math.min(missed + 2 + delays + (["start", "restart", "fail", "ok"].includes(step.do) ? largest(scripts) : 0), longest);
};
