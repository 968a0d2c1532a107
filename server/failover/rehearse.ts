/**
 * The questions of rules to the simulation: what would this virtual router do if only this failed? A mistake that is told
 * elsewhere (another VRID, password, version, list of addresses, a missing peer) must not answer for it, so the routers
 * are rehearsed with all such differences repaired: everybody hears everybody, and what is left are priorities, weights,
 * nopreempt and sync groups. One router is played with those its sync groups tie it to and with no others, so the cost
 * grows with the number of routers that somebody asks about.
 */
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { ClusterModel, Member, NodeModel, VirtualRouter } from "../model/cluster/model.ts";
import { finishedMembers, isWhole } from "../model/cluster/pairs.ts";
import { basePriority } from "../model/node/defaults.ts";
import type { VrrpInstance } from "../model/node/model.ts";
import { once } from "../model/node/once.ts";
import type { SimulatedCluster } from "./cluster.ts";
import { addressOf, nodeOf, type Repairs, repaired, type Scope } from "./repair.ts";
import type { Step } from "./scenario.ts";
import { readDaemons } from "./segments.ts";
import type { DaemonSettings, InstanceSettings } from "./settings.ts";
import { simulate, type StepReport } from "./simulate.ts";

export interface Rehearsals {
  /** Undefined where the router has no peers in sight, or something that decides is unknown. */
  readonly of: (router: VirtualRouter) => Rehearsal | undefined;
}

export interface Rehearsal {
  /** One per node. */
  readonly members: readonly Member[];
  /** It and the routers that sync groups tie to it, each with its members. */
  readonly tied: readonly (readonly Member[])[];
  /** What the daemon makes of a member's settings. */
  readonly settingsOf: (member: Member) => InstanceSettings;
  /** All start, the best first, then the steps: the outcome of each, that of the start first. */
  readonly play: (steps: readonly Step[], repairs?: Repairs) => readonly Outcome[];
}

export interface Outcome {
  /** The nodes that hold the addresses of the router this member belongs to. */
  readonly holders: (member: Member) => readonly Member[];
  /** The only holder; undefined where there is none, several, or chance decides. */
  readonly master: (member: Member) => Member | undefined;
  /** Effective, with weights, kept within 1 and 254. */
  readonly priority: (member: Member) => number;
  readonly state: (member: Member) => string;
}

/**
 * What was played, by what it was played with. Repaired routers hold no address, number or name of a machine, so those of a
 * fleet that is written from one template are played once.
 */
export type Plays = Map<string, readonly StepReport[]>;

/** Fleets have a handful of templates; what differs everywhere need not be kept. */
const mostPlays = 500;

/** Nothing is simulated before it is asked for, and nothing twice. */
export const rehearsals = (cluster: ClusterModel, version: Version, plays: Plays = new Map()): Rehearsals => {
  const daemons = once(
    () => new Map(readDaemons(cluster, version).map((daemon) => [cluster.nodes.find(({ name }) => name === daemon.node)!, daemon])),
  );
  const settings = once(
    () =>
      new Map(
        [...daemons()].flatMap(
          ([node, daemon]) => node.configuration?.instances.map((instance, index) => [instance, daemon.instances[index]!] as const) ?? [],
        ),
      ),
  );
  const routerOf = once(
    () => new Map(cluster.virtualRouters.flatMap((router) => router.members.map(({ instance }) => [instance, router] as const))),
  );
  const daemonOf = (node: NodeModel): DaemonSettings => daemons().get(node)!;
  const settingsOf: Scope["settingsOf"] = ({ instance }) => settings().get(instance)!;
  const scopes = new Map<VirtualRouter, Played | undefined>();
  return {
    of: (router) => {
      if (router.members.length < 2) return undefined;
      if (!scopes.has(router)) {
        const routers = tiedTo(router, routerOf());
        const scope = scopeOf(routers, daemonOf, settingsOf);
        const played = scope === undefined ? undefined : playedIn(scope, plays);
        for (const one of routers) scopes.set(one, played);
      }
      return scopes.get(router)?.(router);
    },
  };
};

/** The router and all that sync groups of any node tie to it. */
const tiedTo = (router: VirtualRouter, routerOf: ReadonlyMap<VrrpInstance, VirtualRouter>): readonly VirtualRouter[] => {
  const found = new Set([router]);
  for (const one of found) {
    for (const { configuration, instance } of one.members) {
      const groups = configuration.syncGroups.filter(({ members }) => members.some(({ value }) => value === instance.name.value));
      if (groups.length === 0) continue;
      const names = new Set(groups.flatMap(({ members }) => members.map(({ value }) => value)));
      for (const other of configuration.instances) {
        const its = names.has(other.name.value) ? routerOf.get(other) : undefined;
        if (its !== undefined) found.add(its);
      }
    }
  }
  return [...found];
};

const scopeOf = (
  routers: readonly VirtualRouter[],
  daemonOf: (node: NodeModel) => DaemonSettings,
  settingsOf: Scope["settingsOf"],
): Scope | undefined => {
  const channels = routers.flatMap((router) =>
    finishedMembers(router).length === 0 ? [] : [{ router, members: finishedMembers(router) }],
  );
  const members = channels.flatMap((channel) => channel.members);
  if (!members.every(isKnown)) return undefined;
  // Two instances of one node in one router: a mistake that is told as that, and nothing to reckon with.
  for (const { members: each } of channels) if (new Set(each.map(({ node }) => node)).size < each.length) return undefined;
  const nodes = [...new Set(members.map(({ node }) => node))];
  return { channels, daemons: new Map(nodes.map((node) => [node, daemonOf(node)])), settingsOf };
};

/** Whether everything that decides an election is written where it can be read. */
const isKnown = (member: Member): boolean => {
  const { state, nopreempt } = member.instance;
  if (state !== undefined && state.value === undefined) return false;
  if (nopreempt !== undefined && nopreempt.value === undefined) return false;
  return basePriority(member.instance) !== undefined && isWhole(member);
};

/**
 * Names of the nodes, the one that should be master first: with nopreempt whoever is there first stays, and rules ask about
 * the cluster as it is meant to run.
 */
const preferredFirst = ({ daemons }: SimulatedCluster): readonly string[] => {
  const fine = ({ instances }: DaemonSettings): number => {
    // Of several routers the same one on every node.
    const [first] = instances.toSorted((a, b) => a.vrid - b.vrid);
    if (first === undefined) return 0;
    const bonus = [...first.tracks, ...first.interfaces].map(({ weight, reverse }) => (weight > 0 && !reverse ? weight : 0));
    return bonus.reduce((sum, weight) => sum + weight, first.priority);
  };
  return daemons.toSorted((a, b) => fine(b) - fine(a)).map(({ node }) => node);
};

/** Rehearsals start node after node and end in a repaired cluster: little is left to chance. */
const fewRuns = 3;

type Played = (router: VirtualRouter) => Rehearsal | undefined;

const playedIn = (scope: Scope, plays: Plays): Played => {
  const runs = new Map<string, readonly StepReport[]>();
  const names = new Map([...scope.daemons.keys()].map((node) => [node.name, nodeOf(scope, node)]));
  const run = (written: readonly Step[], repairs: Repairs): readonly StepReport[] => {
    const question = JSON.stringify([written, repairs]);
    const before = runs.get(question);
    if (before !== undefined) return before;
    const cluster = repaired(scope, repairs);
    const steps = written.map((step) => (step.node === undefined ? step : { ...step, node: names.get(step.node)! }));
    const key = keyOf(cluster, steps);
    let reports = plays.get(key);
    if (reports === undefined) {
      const starts = preferredFirst(cluster).map((node): Step => ({ do: "start", nodes: [node] }));
      // Of the starts the last tells where things stand.
      reports = simulate(cluster, [...starts, ...steps], fewRuns).slice(starts.length - 1);
      if (plays.size >= mostPlays) plays.delete(plays.keys().next().value!);
      plays.set(key, reports);
    }
    runs.set(question, reports);
    return reports;
  };
  const channelOf = new Map(scope.channels.flatMap(({ members }, index) => members.map((member) => [member, index] as const)));
  const outcome = ({ addresses, priorities, states }: StepReport): Outcome => {
    const answer = (member: Member) => addresses.get(addressOf(channelOf.get(member)!))!;
    const holders = (member: Member): readonly Member[] =>
      scope.channels[channelOf.get(member)!]!.members.filter(({ node }) => answer(member).holders.includes(names.get(node.name)!));
    return {
      holders,
      master: (member) => (answer(member).uncertain || holders(member).length !== 1 ? undefined : holders(member)[0]),
      priority: ({ node, instance }) => priorities.get(names.get(node.name)!)?.get(instance.name.value) ?? 0,
      state: ({ node, instance }) => states.get(names.get(node.name)!)?.get(instance.name.value) ?? "DEAD",
    };
  };
  return (router) => {
    const channel = scope.channels.find((one) => one.router === router);
    if (channel === undefined || channel.members.length < 2) return undefined;
    return {
      members: channel.members,
      tied: scope.channels.map(({ members }) => members),
      settingsOf: scope.settingsOf,
      play: (steps, repairs = {}) => run(steps, repairs).map(outcome),
    };
  };
};

/** The same for the same clusters and steps, and for no others: what a daemon does is known by its version, and the rest of a cluster by its daemons. */
const keyOf = ({ daemons, addresses }: SimulatedCluster, steps: readonly Step[]): string =>
  JSON.stringify([
    daemons.map((daemon) => ({
      ...daemon,
      behaviour: undefined,
      trackers: [...daemon.trackers.values()],
      interfaces: [...daemon.interfaces.values()],
    })),
    addresses.size,
    steps,
  ]);
