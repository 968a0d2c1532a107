/**
 * One sentence on why an address is where it is, with the values that decided: priorities and what made them, timers,
 * what was refused and why, what is down.
 */
import { holdersIn, listsOf } from "./holders.ts";
import { type InstanceState, isUp, linkIsUp, type NodeState, type World } from "./world.ts";

/** Who has to do with an address: nodes that have it on an interface, instances of running daemons that list it, and nodes that would if theirs ran. */
export interface Parties {
  readonly holders: (address: string) => readonly NodeState[];
  readonly running: ReadonlyMap<string, readonly InstanceState[]>;
  readonly away: ReadonlyMap<string, readonly NodeState[]>;
}

export const partiesIn = ({ nodes }: World): Parties => {
  const running = new Map<string, InstanceState[]>();
  const away = new Map<string, NodeState[]>();
  const add = <T>(map: Map<string, T[]>, address: string, item: T): void => {
    const list = map.get(address);
    if (list === undefined) map.set(address, [item]);
    else if (list.at(-1) !== item) list.push(item);
  };
  for (const node of nodes) {
    for (const instance of node.daemon?.instances ?? [])
      for (const { address } of [...instance.settings.addresses, ...instance.settings.excluded]) add(running, address, instance);
    if (node.daemon !== undefined) continue;
    for (const { addresses, excluded } of node.settings.instances)
      for (const { address } of [...addresses, ...excluded]) add(away, address, node);
  }
  return { holders: holdersIn(nodes), running, away };
};

/** `address` is canonical, `text` as it is written. */
export const explain = (world: World, parties: Parties, address: string, text: string): string => {
  const holders = parties.holders(address);
  const sentence =
    holders.length === 0
      ? nobody(world, parties, address)
      : holders.length === 1
        ? one(world, parties, address, holders[0]!)
        : several(world, parties, address, holders);
  return `${sentence.replace("ADDRESS", text)}.`;
};

const one = (world: World, parties: Parties, address: string, holder: NodeState): string => {
  const own = (parties.running.get(address) ?? []).find((instance) => instance.node === holder && instance.state === "MASTER");
  if (own === undefined) return `${holder.name} has ADDRESS on its interface, put there by somebody else than keepalived`;
  const others = (parties.running.get(address) ?? []).filter(({ node }) => node !== holder);
  const away = parties.away.get(address) ?? [];
  const keeps = own.masterSince < world.stepBegan;
  const because = [...others.flatMap((other) => beside(world, own, other, keeps)), ...absences(away)];
  const head = `${holder.name} ${keeps ? "keeps" : "holds"} ADDRESS with priority ${priorityOf(own)}${keeps ? "" : took(own)}`;
  if (because.length > 0) return `${head}; ${because.join(", ")}`;
  return others.length === 0 ? `${head}; no other node lists it` : head;
};

/** How the master came to it. */
const took = ({ turn, settings, group }: InstanceState): string => {
  switch (turn.kind) {
    case "silence":
      return ` after ${inSeconds(turn.downTimer)} without an advert (${timerOf(settings, turn.downTimer)})`;
    case "resigned":
      return ` after ${turn.by} resigned with priority 0`;
    case "preempted":
      return ` and took it from ${turn.from} (${turn.priority})${cleared(settings)}`;
    case "owner":
      return " as the address owner, at once";
    case "group":
      return ` with its sync group ${group?.settings.name ?? ""}`;
    case "start":
    case "yielded":
    case "fault":
    case "recovered":
      return "";
  }
};

/** Why a nopreempt that is written did not hold it back. */
const cleared = ({ nopreempt, nopreemptWritten, priority }: InstanceState["settings"]): string =>
  nopreempt || !nopreemptWritten ? "" : `, since ${priority === 255 ? "priority 255" : "state MASTER"} clears its nopreempt`;

/** "3 × 1 s and 0.61 s for its priority", as far as the own interval explains it. */
const timerOf = ({ downTimerAdverts, advertInterval }: InstanceState["settings"], downTimer: number): string => {
  const rest = downTimer - downTimerAdverts * advertInterval;
  const missed = `${downTimerAdverts} × ${advertInterval / 1_000_000} s`;
  return rest >= 0 && rest <= 1_000_000 ? `${missed} and ${inSeconds(rest)} for its priority` : "with the interval of the last master";
};

/** What the others are doing, as seen from the holder; nothing where that was said already. */
const beside = (world: World, own: InstanceState, other: InstanceState, keeps: boolean): readonly string[] => {
  const { turn } = own;
  const said = !keeps && turn.kind === "preempted" && turn.from === other.node.name && turn.priority === other.priority;
  return said && other.state === "BACKUP" && other.priority === other.settings.priority && other.priority < own.priority
    ? []
    : [besideIt(world, own, other, keeps)];
};

const besideIt = (world: World, own: InstanceState, other: InstanceState, keeps: boolean): string => {
  const name = nameOf(other, own);
  if (other.state === "FAULT") return `${name} is in FAULT (${faultOf(other)})`;
  if (other.state === "MASTER") return `${name} is MASTER of another virtual router with priority ${priorityOf(other)}`;
  const held = groupHold(other);
  if (held !== undefined) return `${name} is held back by its sync group (${held})`;
  if (other.priority < own.priority)
    return `${name} has ${keeps && own.priority < own.settings.priority ? "only " : ""}${priorityOf(other)}`;
  if (other.turn.kind === "yielded" && other.turn.byAddress && other.turn.to === own.node.name)
    return `${name} has ${priorityOf(other)} as well and yielded to the higher address ${own.source ?? ""}`;
  if (other.priority === own.priority) return `${name} has ${priorityOf(other)} as well, and a master is not preempted by its equal`;
  if (other.settings.nopreempt) return `${name} has ${priorityOf(other)} but nopreempt, so it stays BACKUP while it hears a master`;
  if (other.preemptAt > world.now)
    return `${name} has ${priorityOf(other)} but waits ${inSeconds(other.preemptAt - world.now)} more of its preempt_delay`;
  if (other.expires !== undefined)
    return `${name} has ${priorityOf(other)} and takes over in ${inSeconds(Math.max(0, other.expires - world.now))} unless it hears a higher one`;
  return `${name} has ${priorityOf(other)}`;
};

/** Nodes without a running daemon, those of one reason together. */
const absences = (nodes: readonly NodeState[]): readonly string[] => {
  const byReason = new Map<string, string[]>();
  for (const node of nodes) {
    const reason = absence(node);
    byReason.set(reason, [...(byReason.get(reason) ?? []), node.name]);
  }
  return [...byReason].map(([reason, names]) => reason.replace("NODE", list(names)));
};

const absence = ({ dead, settings }: NodeState): string => {
  switch (dead) {
    case "ended":
      return `keepalived on NODE ends at its start because ${settings.exit ?? "of its configuration"}`;
    case "crashed":
      return "NODE is down";
    case "stopped":
      return "keepalived on NODE is stopped";
    case "not started":
      return "keepalived on NODE is not started";
  }
};

/** "A, B and C" */
const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const nobody = (world: World, parties: Parties, address: string): string => {
  const running = parties.running.get(address) ?? [];
  const parts = [
    ...running.map((instance) => idle(world, instance)),
    ...absences(parties.away.get(address) ?? []),
    ...mastersWithout(world, address).map(({ node, priority }) => `${node.name} is MASTER with priority ${priority} and does not list it`),
  ];
  return parts.length === 0
    ? "Nobody holds ADDRESS, since keepalived drops it on every node that lists it"
    : `Nobody holds ADDRESS: ${parts.join(", ")}`;
};

const idle = (world: World, instance: InstanceState): string => {
  const { node, state, heard, settings } = instance;
  const name = nameOf(instance);
  if (state === "FAULT") return `${name} is in FAULT (${faultOf(instance)})`;
  if (state === "MASTER") return `${name} is MASTER, but the address was taken away with another instance of ${node.name}`;
  const held = groupHold(instance);
  if (held !== undefined) return `${name} (${priorityOf(instance)}) is held back by its sync group (${held})`;
  const silence = heard === undefined ? undefined : world.now - heard.at;
  if (heard !== undefined && silence !== undefined && silence <= settings.downTimerAdverts * instance.masterInterval && heard.priority > 0)
    return `${name} (${priorityOf(instance)}) follows ${heard.from.node.name}, whose adverts it hears`;
  if (instance.expires !== undefined)
    return `${name} (${priorityOf(instance)}) takes over in ${inSeconds(Math.max(0, instance.expires - world.now))}`;
  return `${name} is ${state}`;
};

/** Masters of the same virtual router that lack the address. */
const mastersWithout = ({ nodes }: World, address: string): readonly InstanceState[] => {
  const listing = nodes.flatMap(({ settings }) => settings.instances.filter((instance) => listsOf(instance, address)));
  return nodes.flatMap((node) =>
    (node.daemon?.instances ?? []).filter(
      ({ state, settings }) =>
        state === "MASTER" &&
        !listsOf(settings, address) &&
        listing.some(({ vrid, family }) => vrid === settings.vrid && family === settings.family),
    ),
  );
};

const several = (world: World, parties: Parties, address: string, holders: readonly NodeState[]): string => {
  const masters = (parties.running.get(address) ?? []).filter(({ state, node }) => state === "MASTER" && holders.includes(node));
  const listed = list(holders.map(({ name }) => name));
  const foreign = holders.filter((node) => !masters.some((master) => master.node === node));
  const reasons = new Set<string>();
  masters.forEach((a, index) => {
    for (const b of masters.slice(index + 1)) if (a.node !== b.node) for (const reason of discord(world, a, b)) reasons.add(reason);
  });
  const parts = [...reasons, ...foreign.map(({ name }) => `${name} has it without being MASTER`)].filter((part) => part !== "");
  return `${listed} ${holders.length === 2 ? "both" : "all"} hold ADDRESS${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
};

/** Why two masters do not make one yield: said once where it holds for both. */
const discord = (world: World, a: InstanceState, b: InstanceState): readonly string[] => {
  const [here, there] = [a.node.name, b.node.name];
  if (a.settings.vrid !== b.settings.vrid) return [`virtual_router_id ${a.settings.vrid} on ${here} and ${b.settings.vrid} on ${there}`];
  const [refused, refusedBack] = [refusal(world, a, b), refusal(world, b, a)];
  if (refused !== undefined && refusedBack !== undefined) return [`${here} and ${there} refuse each other's adverts (${refused})`];
  const [wall, wallBack] = [refused ?? wire(a, b), refusedBack ?? wire(b, a)];
  if (
    refused === undefined &&
    refusedBack === undefined &&
    wall === wallBack &&
    deafness(world, a, b) !== "" &&
    deafness(world, b, a) !== ""
  )
    return [downInterface(a) ?? downInterface(b) ?? `${here} and ${there} do not hear each other (${wall})`];
  return [deafness(world, a, b), deafness(world, b, a)];
};

const refusal = (world: World, a: InstanceState, b: InstanceState): string | undefined => {
  const found = a.refusals.get(b);
  return found !== undefined && world.now - found.at < 3 * b.settings.advertInterval + 1_000_000 ? found.reason : undefined;
};

/** Why `a` does not yield to `b`, or never hears it. */
const deafness = (world: World, a: InstanceState, b: InstanceState): string => {
  const refused = refusal(world, a, b);
  if (refused !== undefined) return `${a.node.name} refuses the adverts of ${b.node.name} (${refused})`;
  const recent = a.heard !== undefined && a.heard.from === b && world.now - a.heard.at < 2 * b.settings.advertInterval;
  if (recent) return a.priority >= b.priority ? "" : `${a.node.name} (${a.priority}) has just heard ${b.node.name} (${b.priority})`;
  const down = downInterface(b) ?? downInterface(a);
  return down === undefined ? `${a.node.name} does not hear ${b.node.name} (${wire(a, b)})` : down;
};

const downInterface = ({ node, settings }: InstanceState): string | undefined =>
  settings.interface !== undefined && !linkIsUp(node, settings.interface)
    ? `${settings.interface} of ${node.name} is down and not tracked`
    : undefined;

const wire = ({ settings: a, node: here }: InstanceState, { settings: b, node: there, source }: InstanceState): string => {
  const [first, second] =
    here.index < there.index
      ? [
          { ...a, name: here.name },
          { ...b, name: there.name },
        ]
      : [
          { ...b, name: there.name },
          { ...a, name: here.name },
        ];
  if (a.cast.kind !== b.cast.kind) return `${first.cast.kind} on ${first.name}, ${second.cast.kind} on ${second.name}`;
  if (a.family !== b.family) return `IPv${first.family} on ${first.name}, IPv${second.family} on ${second.name}`;
  if ((a.authentication.kind === "AH") !== (b.authentication.kind === "AH")) return "one uses AH and the other does not";
  if (a.cast.kind === "multicast" && b.cast.kind === "multicast" && a.cast.group !== b.cast.group)
    return `groups ${[a.cast.group, b.cast.group].toSorted().join(" and ")}`;
  const vmac = [a, b].find(({ cast }) => cast.kind === "unicast" && cast.onVmac);
  if (vmac !== undefined) return "strict mode takes vmac_xmit_base back, without which unicast does not leave a VMAC";
  if (b.cast.kind === "unicast")
    return `unicast_peer of ${there.name}: ${b.cast.peers.join(", ")}; it sends from ${source ?? "no address"}`;
  const segment = (node: NodeState, name: string | undefined): string =>
    name === undefined ? "" : (node.settings.interfaces.get(name)?.segment ?? name);
  const [left, right] = [segment(here, a.interface), segment(there, b.interface)];
  return left === right ? "they are on different sides of a partition" : `segments ${[left, right].toSorted().join(" and ")}`;
};

/** "140 (100 + 40 of chk)" where weights changed it. */
const priorityOf = ({ priority, settings, totalPriority }: InstanceState): string => {
  const base = settings.priority;
  if (priority === base) return String(priority);
  const difference = totalPriority - base;
  const sum = `${base} ${difference < 0 ? "−" : "+"} ${Math.abs(difference)}`;
  return totalPriority === priority ? `${priority} (${sum})` : `${priority} (${sum}, kept within 1 and 254)`;
};

/** The cause of a FAULT in the words of the configuration. */
const faultOf = (instance: InstanceState): string => {
  const { node, settings, faults, awaited, group } = instance;
  if ((faults.get("configuration") ?? 0) > 0) return settings.fault ?? "its configuration";
  if ((faults.get("source") ?? 0) > 0)
    return settings.source === undefined
      ? `no IPv${settings.family} address on ${settings.interface ?? "any interface"}`
      : `${settings.source} is not on the node`;
  const down = settings.interfaces
    .filter(({ name, weight, reverse }) => weight === 0 && linkIsUp(node, name) === reverse)
    .map(({ name }) => name);
  if ((faults.get("interface") ?? 0) > 0) return down.length === 0 ? "an interface was down" : `interface ${down.join(", ")} is down`;
  if ((faults.get("tracker") ?? 0) > 0) {
    const failing = settings.tracks
      .filter(({ weight }) => weight === 0)
      .map(({ name }) => name.slice(name.indexOf(" ") + 1))
      .filter((name) => node.failing.has(name));
    return failing.length === 0 ? "what it tracks has failed, weight 0" : `${failing.join(", ")} fails and has weight 0`;
  }
  if (awaited > 0) return "it waits for the first result of its scripts";
  return group === undefined ? "it was down" : `sync group ${group.settings.name}: ${groupHold(instance) ?? "a member is down"}`;
};

/** The member that keeps a group from being MASTER. */
const groupHold = (instance: InstanceState): string | undefined => {
  const { group } = instance;
  if (group === undefined || group.state === "MASTER") return undefined;
  const other = group.members.find((member) => member !== instance && member.state === "FAULT" && !isUp(member));
  if (other !== undefined) return `${other.settings.name} is in FAULT`;
  if (instance.wanted !== "MASTER") return undefined;
  const hearing = group.members.find((member) => member !== instance && member.wanted !== "MASTER");
  if (hearing === undefined) return undefined;
  return `${hearing.settings.name} hears ${hearing.heard === undefined ? "a master" : `${hearing.heard.from.node.name} (${hearing.heard.priority})`}`;
};

const nameOf = ({ node, settings }: InstanceState, nextTo?: InstanceState): string =>
  nextTo === undefined || settings.name === nextTo.settings.name ? node.name : `${settings.name} on ${node.name}`;

const inSeconds = (time: number): string => `${Math.round(time / 10_000) / 100} s`;
