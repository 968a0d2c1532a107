/** Runs a scenario and tells after every step who holds what. */
import { crashNode, startDaemon, stopDaemon } from "./daemon.ts";
import type { SimulatedCluster } from "./cluster.ts";
import { explain, partiesIn } from "./explain.ts";
import { holdersIn, listsOf } from "./holders.ts";
import { setLink } from "./links.ts";
import { receive } from "./listen.ts";
import { createQueue } from "./queue.ts";
import { settlingTime, type Step } from "./scenario.ts";
import { watchedChanged } from "./tracking.ts";
import { addressKey, type Luck, type NodeState, type World } from "./world.ts";

export interface AddressReport {
  /** Nodes, in the order of the cluster. */
  readonly holders: readonly string[];
  /** Chance decides: it comes out otherwise when daemons start or react some milliseconds earlier or later. */
  readonly uncertain: boolean;
  /** One sentence that names the deciding values. */
  readonly why: string;
  /** Seconds of the step in which nobody held it, and in which several did. */
  readonly nobody: number;
  readonly several: number;
}

export interface StepReport {
  readonly step: Step;
  /** By address as written, without prefix. */
  readonly addresses: ReadonlyMap<string, AddressReport>;
  /** By node and instance: MASTER, BACKUP, FAULT, INIT; DEAD where no daemon runs. */
  readonly states: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly priorities: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const SECOND = 1_000_000;
/** keepalived's own end takes this long; a restart waits for it. */
const STOPPING = 1_200_000;
/** Enough for an hour of a large cluster; nothing the configuration says may make a run endless. */
const mostEvents = 3_000_000;

/**
 * Seconds by which the steps of each run come later, so that they fall between other adverts: multiples of 0.77 without
 * the whole seconds, which lie well spread within the usual intervals, also when several steps add them up.
 */
const phases = [0, 0.77, 0.54, 0.31, 0.08, 0.85, 0.62];

/**
 * In the first all daemons are as quick as can be, in the others one way round or the other, and no two timers of one
 * machine are equally late: two masters that refuse each other begin their advert timers anew with whatever they hear, so
 * that a few microseconds decide which of them is heard at all.
 */
const luckOf = (phase: number, run: number, nodes: number): Luck => {
  const place = (node: number): number => (run % 2 === 1 ? nodes - node : node);
  let drawn = 1 + 7919 * run;
  /** From 0 to 1, the same in every simulation. */
  const draw = (): number => {
    drawn = (drawn * 48_271) % 2_147_483_647;
    return drawn / 2_147_483_647;
  };
  return {
    startDelay: (node) => place(node) * (run === 0 ? 3000 : 30_000),
    timerDelay: (node) => (run === 0 ? node * 40 : place(node) * 150 + Math.floor(draw() * 600)),
    phase,
    addressRank: place,
  };
};

/**
 * The same cluster and steps always give the same answer: that of the first run, which takes the times of the steps as they
 * are given. Where others come out differently, chance decides. `runs` is how often chance is tried.
 */
export const simulate = (cluster: SimulatedCluster, steps: readonly Step[], runs = phases.length): readonly StepReport[] => {
  const [told, ...others] = phases.slice(0, runs).map((phase, run) => runOnce(cluster, steps, luckOf(phase, run, cluster.daemons.length)));
  return told!.map((report, index) => ({
    ...report,
    addresses: new Map(
      [...report.addresses].map(([name, answer]) => {
        const differs = others.some((run) => run[index]!.addresses.get(name)!.holders.join() !== answer.holders.join());
        return [name, differs ? { ...answer, uncertain: true } : answer] as const;
      }),
    ),
  }));
};

const runOnce = (cluster: SimulatedCluster, steps: readonly Step[], luck: Luck): readonly StepReport[] => {
  const watch = createWatch(cluster);
  const nodes = cluster.daemons.map((settings, index): NodeState => ({
    index,
    name: settings.node,
    settings,
    off: false,
    links: new Map([...settings.interfaces.keys()].map((name) => [name, { carrier: true, admin: true }])),
    held: new Set(),
    lost: new Set(),
    failing: new Set(),
    daemon: undefined,
    dead: "not started",
  }));
  const world: World = {
    now: 0,
    stepBegan: 0,
    ran: 0,
    queue: createQueue(),
    nodes,
    parts: new Map(),
    luck,
    receive: (instance, advert) => receive(world, instance, advert),
    beforeChange: () => watch.count(world),
  };
  for (const node of nodes) addOwnAddresses(cluster, node);
  return steps.map((step) => {
    advance(world, world.now + luck.phase * SECOND);
    watch.begin(world);
    world.stepBegan = world.now;
    apply(world, step);
    advance(world, world.now + settlingTime(cluster, step) * SECOND);
    watch.count(world);
    return report(world, cluster, step, watch);
  });
};

const advance = (world: World, until: number): void => {
  const end = Math.round(until);
  while (world.ran < mostEvents) {
    const event = world.queue.next(end);
    if (event === undefined) break;
    world.ran++;
    world.now = event.at;
    event.run();
  }
  world.now = end;
};

/** An address of the machine that somebody lists as virtual is "held" until keepalived removes it. */
const addOwnAddresses = ({ addresses }: SimulatedCluster, node: NodeState): void => {
  for (const { name, addresses: own } of node.settings.interfaces.values())
    for (const { address, prefix } of own ?? []) if (addresses.has(address)) node.held.add(addressKey(name, address, prefix));
};

const apply = (world: World, step: Step): void => {
  const chosen = world.nodes.filter(({ name }) => (step.node === undefined ? (step.nodes?.includes(name) ?? true) : name === step.node));
  switch (step.do) {
    case "start": {
      const ordered = step.nodes === undefined ? chosen : step.nodes.flatMap((name) => chosen.find((node) => node.name === name) ?? []);
      ordered.forEach((node, index) => startDaemon(world, node, index * (step.gap ?? 0) * SECOND));
      break;
    }
    case "stop":
      for (const node of chosen) if (node.daemon !== undefined) stopDaemon(world, node);
      break;
    case "crash":
      for (const node of chosen) crashNode(world, node);
      break;
    case "restart":
      for (const node of chosen) restart(world, node);
      break;
    case "fail":
    case "ok":
      for (const node of chosen) setFailing(world, node, step.script, step.do === "fail");
      break;
    case "link_down":
    case "link_up":
      for (const node of chosen) setLinks(world, node, step);
      break;
    case "partition":
    case "heal":
      divide(world, step);
      break;
    case "wait":
      break;
  }
};

const restart = (world: World, node: NodeState): void => {
  const running = node.daemon !== undefined;
  if (running) stopDaemon(world, node);
  if (node.off) {
    node.off = false;
    node.lost.clear();
    for (const link of node.links.values()) [link.carrier, link.admin] = [true, true];
    world.beforeChange();
    for (const { name, addresses } of node.settings.interfaces.values())
      for (const { address, prefix } of addresses ?? []) if (isVirtual(world, address)) node.held.add(addressKey(name, address, prefix));
  }
  startDaemon(world, node, running ? STOPPING : 0);
};

const isVirtual = ({ nodes }: World, address: string): boolean =>
  nodes.some(({ settings }) => settings.instances.some((instance) => listsOf(instance, address)));

const setFailing = (world: World, node: NodeState, script: string | undefined, failing: boolean): void => {
  const names =
    script === undefined ? [...node.settings.trackers.values()].flatMap(({ kind, name }) => (kind === "script" ? [name] : [])) : [script];
  for (const name of names) {
    if (node.failing.has(name) === failing) continue;
    if (failing) node.failing.add(name);
    else node.failing.delete(name);
    for (const tracker of node.daemon?.trackers ?? [])
      if (tracker.settings.name === name && tracker.settings.kind !== "script") watchedChanged(world, node, tracker);
  }
};

const setLinks = (world: World, node: NodeState, { do: name, iface, admin }: Step): void => {
  for (const link of node.links.keys())
    if (iface === undefined || link === iface) setLink(world, node, link, name === "link_up", admin === true);
};

const divide = (world: World, { do: name, groups = [], segment }: Step): void => {
  const segments = new Set(world.nodes.flatMap(({ settings }) => [...settings.interfaces.values()].map((own) => own.segment)));
  for (const one of segments) {
    if (segment !== undefined && one !== segment) continue;
    if (name === "heal") world.parts.delete(one);
    else
      world.parts.set(
        one,
        new Map(
          world.nodes.map((node) => {
            const part = groups.findIndex((group) => group.includes(node.name));
            return [node.name, part < 0 ? groups.length : part];
          }),
        ),
      );
  }
};

interface Watch {
  readonly begin: (world: World) => void;
  /** Counts the time since the last change. */
  readonly count: (world: World) => void;
  readonly of: (address: string) => { readonly nobody: number; readonly several: number };
}

const createWatch = ({ addresses }: SimulatedCluster): Watch => {
  let since = 0;
  const spans = new Map([...addresses.keys()].map((address) => [address, { nobody: 0, several: 0 }]));
  return {
    begin: ({ now }) => {
      since = now;
      for (const span of spans.values()) [span.nobody, span.several] = [0, 0];
    },
    count: (world) => {
      const passed = world.now - since;
      if (passed <= 0) return;
      since = world.now;
      const holdersOf = holdersIn(world.nodes);
      for (const [address, span] of spans) {
        const holders = holdersOf(address).length;
        if (holders === 0) span.nobody += passed;
        else if (holders > 1) span.several += passed;
      }
    },
    of: (address) => spans.get(address) ?? { nobody: 0, several: 0 },
  };
};

const report = (world: World, cluster: SimulatedCluster, step: Step, watch: Watch): StepReport => {
  const cut = world.ran >= mostEvents;
  const parties = partiesIn(world);
  const tenths = (time: number): number => Math.round(time / 100_000) / 10;
  return {
    step,
    addresses: new Map(
      [...cluster.addresses].map(([address, text]): readonly [string, AddressReport] => {
        const { nobody, several } = watch.of(address);
        return [
          text,
          {
            holders: parties.holders(address).map(({ name }) => name),
            uncertain: cut,
            why: cut ? `The simulation was given up after ${mostEvents} events.` : explain(world, parties, address, text),
            nobody: tenths(nobody),
            several: tenths(several),
          },
        ];
      }),
    ),
    states: new Map(world.nodes.map((node) => [node.name, statesOf(cluster, node)])),
    priorities: new Map(
      world.nodes.map((node) => [
        node.name,
        new Map((node.daemon?.instances ?? []).map(({ settings, priority }) => [settings.name, priority])),
      ]),
    ),
  };
};

const statesOf = ({ instances }: SimulatedCluster, node: NodeState): ReadonlyMap<string, string> =>
  new Map(
    node.daemon === undefined
      ? (instances.get(node.name) ?? []).map((name) => [name, "DEAD"])
      : node.daemon.instances.map(({ settings, state }) => [settings.name, state]),
  );
