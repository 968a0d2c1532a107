/** A copy of some daemons' settings in which nothing differs but what an election is about. */
import type { Member, NodeModel, VirtualRouter } from "../model/cluster/model.ts";
import type { SimulatedCluster } from "./cluster.ts";
import type { DaemonSettings, GroupSettings, InstanceSettings, InterfaceSettings, Track } from "./settings.ts";

/** Virtual routers that are played together, and the daemons of their nodes. */
export interface Scope {
  readonly channels: readonly { readonly router: VirtualRouter; readonly members: readonly Member[] }[];
  readonly daemons: ReadonlyMap<NodeModel, DaemonSettings>;
  /** What the daemon makes of a member's settings. */
  readonly settingsOf: (member: Member) => InstanceSettings;
}

/** What else is taken to be right. */
export interface Repairs {
  /** As if nobody had written it. */
  readonly nopreempt?: "ignored";
  /** Every node has the sync groups of all nodes. */
  readonly groups?: "everywhere";
  /** What this node tracks under this key ("script chk") lowers it as far as can be, and no other node. */
  readonly decisive?: { readonly node: string; readonly tracker: string };
}

const SECOND = 1_000_000;
const SEGMENT = "all";

/** Stands for whatever addresses the router lists. */
export const addressOf = (channel: number): string => `router-${channel}`;

/** Stands for a node, so that routers written from one template are the same cluster. */
export const nodeOf = ({ daemons }: Scope, node: NodeModel): string => `node-${[...daemons.keys()].indexOf(node)}`;

export const repaired = (scope: Scope, repairs: Repairs): SimulatedCluster => {
  const { channels, daemons, settingsOf } = scope;
  // In the order in which each node writes them, not in that of the routers.
  const played = channels
    .flatMap(({ members }, channel) => members.map((member) => ({ member, channel })))
    .toSorted((a, b) => placeOf(a.member) - placeOf(b.member));
  const common = repairs.groups === "everywhere" ? commonGroups(channels, daemons) : undefined;
  const copies = [...daemons].map(([node, daemon]): DaemonSettings => {
    const instances = played.flatMap(({ member, channel }) => {
      if (member.node !== node) return [];
      const settings = settingsOf(member);
      const group = common === undefined ? settings.group : common.get(channel);
      return [{ ...audible(settings, channel), ...decisiveIn(settings, node, repairs), ...nopreemptIn(settings, repairs), group }];
    });
    const interfaces = new Map<string, InterfaceSettings>(
      [...daemon.interfaces.keys(), ...instances.map((instance) => instance.interface)].map((name) => [
        name,
        { name, segment: SEGMENT, addresses: undefined },
      ]),
    );
    return {
      ...daemon,
      node: nodeOf(scope, node),
      exit: undefined,
      startupDelay: 0,
      instances,
      groups: groupsOf(daemon.groups, instances),
      interfaces,
      // How soon a check is noticed does not change what comes of it.
      trackers: new Map(
        [...daemon.trackers].map(([key, tracker]) => [
          key,
          tracker.kind === "script" ? { ...tracker, interval: SECOND, rise: 1, fall: 1 } : tracker,
        ]),
      ),
    };
  });
  return {
    daemons: copies,
    addresses: new Map(channels.map((_, index) => [addressOf(index), addressOf(index)])),
    instances: new Map(copies.map(({ node, instances }) => [node, instances.map(({ name }) => name)])),
    trackers: new Map(copies.map(({ node, trackers }) => [node, [...trackers.values()].map(({ name }) => name)])),
  };
};

const placeOf = ({ instance }: Member): number => instance.item.site.span.start;

/** What its peers understand, whatever is written. */
const audible = (settings: InstanceSettings, channel: number): InstanceSettings & { readonly interface: string } => ({
  ...settings,
  interface: settings.interface ?? "unnamed",
  vrid: channel + 1,
  family: 4,
  version: 2,
  advertInterval: SECOND,
  downTimerAdverts: 3,
  preemptDelay: 0,
  authentication: { kind: "none" },
  cast: { kind: "multicast", group: addressOf(channel) },
  source: undefined,
  addresses: [{ address: addressOf(channel), prefix: 32, device: settings.interface ?? "unnamed" }],
  excluded: [],
  ownerIgnoresAdverts: false,
  fault: undefined,
});

const nopreemptIn = ({ nopreempt }: InstanceSettings, repairs: Repairs): Pick<InstanceSettings, "nopreempt"> => ({
  nopreempt: repairs.nopreempt === "ignored" ? false : nopreempt,
});

/** More than any priority. */
const DECISIVE = -254;

const decisiveIn = (
  { tracks, interfaces }: InstanceSettings,
  node: NodeModel,
  { decisive }: Repairs,
): Pick<InstanceSettings, "tracks" | "interfaces"> => {
  if (decisive === undefined) return { tracks, interfaces };
  const change = <One extends Omit<Track, "name">>(track: One, key: string): readonly One[] => {
    if (key !== decisive.tracker || track.weight === 0) return [track];
    return node.name === decisive.node ? [{ ...track, weight: DECISIVE, reverse: false }] : [];
  };
  return {
    tracks: tracks.flatMap((track) => change(track, track.name)),
    interfaces: interfaces.flatMap((tracked) => change(tracked, `interface ${tracked.name}`)),
  };
};

/** The groups of a daemon, of those instances that are left. */
const groupsOf = (groups: readonly GroupSettings[], instances: readonly InstanceSettings[]): readonly GroupSettings[] => {
  const names = [...new Set(instances.flatMap(({ group }) => group ?? []))];
  return names.map((name) => {
    const own = instances.filter(({ group }) => group === name).map((instance) => instance.name);
    const order = groups.find((group) => group.name === name)?.members ?? [];
    return { name, members: own.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) };
  });
};

/** A name for every set of routers that a group of some node holds together, by router. */
const commonGroups = (channels: Scope["channels"], daemons: Scope["daemons"]): ReadonlyMap<number, string> => {
  const setOf = new Map<number, Set<number>>();
  for (const [node, daemon] of daemons) {
    const channelOf = (name: string): number =>
      channels.findIndex(({ members }) => members.some((member) => member.node === node && member.instance.name.value === name));
    for (const { members } of daemon.groups) {
      const together = new Set(members.map(channelOf).filter((channel) => channel >= 0));
      for (const channel of together) for (const other of setOf.get(channel) ?? []) together.add(other);
      for (const channel of together) setOf.set(channel, together);
    }
  }
  return new Map([...setOf].filter(([, set]) => set.size > 1).map(([channel, set]) => [channel, `group-${Math.min(...set)}`]));
};
