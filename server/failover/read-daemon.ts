/** The daemon of one node: its instances and groups, and whether it runs at all. */
import { canonicalAddress, parseAddress } from "../../grammar/vocabulary/values.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { NodeModel } from "../model/cluster/model.ts";
import { argumentsOf } from "../model/node/arguments.ts";
import { basePriority } from "../model/node/defaults.ts";
import { walkItems } from "../model/node/items.ts";
import type { Configuration, SyncGroup, VrrpInstance } from "../model/node/model.ts";
import { numberSetting } from "../model/node/settings.ts";
import { type Behaviour, behaviourOf } from "./behaviour.ts";
import { type CompletedInstance, completedInstance, globalItem } from "./read-instance.ts";
import { definitionsOf, routeDevicesIn, trackedInterfacesIn } from "./read-tracks.ts";
import type { DaemonSettings, GroupSettings, InstanceSettings, InterfaceSettings } from "./settings.ts";

/** `segmentOf` says what an interface is connected to where nobody stated it. */
export const daemonSettings = (
  node: NodeModel,
  configuration: Configuration,
  fallback: Version,
  segmentOf: (name: string) => string,
): DaemonSettings => {
  const version = node.version ?? fallback;
  const behaviour = behaviourOf(version);
  const definitions = definitionsOf(configuration, node.trackedFiles);
  const groupOf = groupMembership(configuration);
  const ownerGroups = new Set(configuration.instances.flatMap((each) => (basePriority(each) === 255 ? (groupOf.get(each) ?? []) : [])));
  const completed = configuration.instances.map((instance) => {
    const group = groupOf.get(instance);
    return completedInstance(instance, {
      configuration,
      behaviour,
      definitions,
      group,
      groupHasOwner: group !== undefined && ownerGroups.has(group),
    });
  });
  const instances = completed.map(({ settings }) => settings);
  const groupNamed = new Map(instances.map(({ name, group }) => [name, group]));
  const groups = configuration.syncGroups.flatMap((group): readonly GroupSettings[] => {
    const members = group.members.flatMap(({ value }) =>
      value !== undefined && groupNamed.get(value) === group.name.value ? [value] : [],
    );
    return members.length === 0 ? [] : [{ name: group.name.value, members }];
  });
  const interfaces = interfacesOf(node, configuration, instances, segmentOf);
  return {
    node: node.name,
    version,
    behaviour,
    exit: exitReason(node, configuration, completed, behaviour),
    startupDelay: Math.round((numberSetting(globalItem(configuration, "vrrp_startup_delay"))?.value ?? 0) * 1_000_000),
    instances,
    groups,
    trackers: new Map([...definitions].map(([key, { tracker }]) => [key, tracker])),
    interfaces,
  };
};

/** An instance belongs to the first group that lists it (vrrp_sync.c:75). */
const groupMembership = ({ instances, syncGroups }: Configuration): ReadonlyMap<VrrpInstance, SyncGroup> => {
  const found = new Map<VrrpInstance, SyncGroup>();
  const named = new Map(instances.map((instance) => [instance.name.value, instance]));
  for (const group of syncGroups)
    for (const { value } of group.members) {
      const instance = value === undefined ? undefined : named.get(value);
      if (instance !== undefined && !found.has(instance)) found.set(instance, group);
    }
  return found;
};

const interfacesOf = (
  { interfaces, addresses }: NodeModel,
  configuration: Configuration,
  instances: readonly InstanceSettings[],
  segmentOf: (name: string) => string,
): ReadonlyMap<string, InterfaceSettings> => {
  if (interfaces !== undefined)
    return new Map(
      [...interfaces].map(([name, facts]) => [
        name,
        {
          name,
          segment: facts.segment,
          addresses: facts.addresses.map(({ address, prefix }) => ({
            address: canonicalAddress(address),
            prefix: prefix ?? (parseAddress(address)?.family === 6 ? 128 : 32),
          })),
        },
      ]),
    );
  const names = new Set([
    ...instances.flatMap((instance) => [instance.interface ?? "", ...instance.interfaces.map(({ name }) => name)]),
    ...devicesNamed(configuration),
  ]);
  return new Map(
    [...names]
      .filter((name) => name !== "")
      .map((name) => {
        const own = addresses.filter(({ device }) => device === name).map(({ address, prefix }) => ({ address, prefix: prefix ?? 32 }));
        return [name, { name, segment: segmentOf(name), addresses: own.length === 0 ? undefined : own }];
      }),
  );
};

/** Every device the configuration names outside `virtual_server` and the like. */
const devicesNamed = ({ instances, syncGroups, staticAddresses }: Configuration): readonly string[] => [
  ...instances.flatMap((instance) => [
    ...(instance.interface?.value === undefined ? [] : [instance.interface.value]),
    ...trackedInterfacesIn(instance).map(({ name }) => name),
    ...[...instance.virtualAddresses, ...instance.excludedAddresses].flatMap(({ device }) => device?.value ?? []),
    ...routeDevicesIn(instance).named,
  ]),
  ...syncGroups.flatMap((group) => trackedInterfacesIn(group).map(({ name }) => name)),
  ...staticAddresses.flatMap(({ device }) => device?.value ?? []),
];

/** The first reason for which the process ends while it reads or completes its configuration, as a clause. */
const exitReason = (
  node: NodeModel,
  configuration: Configuration,
  completed: readonly CompletedInstance[],
  behaviour: Behaviour,
): string | undefined =>
  missingWord(configuration) ??
  missingInterface(node, configuration) ??
  completed
    .map((instance, index) => incomplete(configuration.instances[index]!, instance, behaviour))
    .find((reason) => reason !== undefined) ??
  completed
    .map((instance, index) => refused(instance, configuration.instances[index]!, behaviour))
    .find((reason) => reason !== undefined) ??
  vridConflict(completed.map(({ settings }) => settings));

/** keepalived ends at once where a word is missing (lib/parser.c:423). */
const missingWord = ({ tree }: Configuration): string | undefined => {
  for (const item of walkItems(tree.items)) {
    if (!/^(?:global_defs|vrrp_|static_|bfd_|track_)/u.test(item.context === "" ? item.keyword.value : (item.context ?? ""))) continue;
    for (const { row, name } of argumentsOf(item).missing) if (row.missingArgument === "exit") return `${name.value} has no value`;
  }
  return undefined;
};

const missingInterface = (node: NodeModel, configuration: Configuration): string | undefined => {
  const { interfaces } = node;
  if (interfaces === undefined || configuration.global.dynamicInterfaces?.value === true) return undefined;
  const ours = new Set(configuration.instances.flatMap((instance) => ownDevices(instance)));
  const missing = devicesNamed(configuration).find(
    (name) => name !== "lo" && !interfaces.has(name) && !ours.has(name) && !/[${}]/u.test(name),
  );
  return missing === undefined ? undefined : `interface ${missing} does not exist`;
};

/** Devices that keepalived makes itself. */
const ownDevices = ({ item, virtualRouterId }: VrrpInstance): readonly string[] =>
  item.items.flatMap(({ keyword, args }) =>
    keyword.value === "use_vmac" || keyword.value === "use_ipvlan"
      ? [`vrrp.${virtualRouterId?.value ?? ""}`, ...args.map(({ value }) => value)]
      : [],
  );

/** What every instance needs (vrrp.c chk_min_cfg). */
const incomplete = (
  instance: VrrpInstance,
  { addressing, settings: { name } }: CompletedInstance,
  behaviour: Behaviour,
): string | undefined => {
  if (instance.virtualRouterId === undefined) return `${name} has no valid virtual_router_id`;
  if (instance.interface !== undefined && instance.interface.value !== "lo") return undefined;
  return behaviour.unicastWithoutInterface && addressing.unicastWritten ? undefined : `${name} has no interface`;
};

const refused = ({ settings, strict }: CompletedInstance, instance: VrrpInstance, behaviour: Behaviour): string | undefined => {
  const { name, cast, addresses, version } = settings;
  if (behaviour.strictRefusesUnicast && strict && cast.kind === "unicast" && settings.interface !== undefined)
    return `${name} has unicast peers in strict mode`;
  if (settings.interface === undefined && settings.source === undefined) return `${name} has neither an interface nor a unicast_src_ip`;
  const allowed =
    behaviour.allowsNoAddresses && !strict && instance.item.items.some(({ keyword }) => keyword.value === "no_virtual_ipaddress");
  if (addresses.length === 0 && !allowed && (version === 3 || strict)) return `${name} has no virtual address`;
  return undefined;
};

/** One VRID twice: for multicast on one interface and group, for unicast with one source and a common peer (vrrp.c check_vrid_conflicts). */
const vridConflict = (instances: readonly InstanceSettings[]): string | undefined => {
  for (const [index, a] of instances.entries())
    for (const b of instances.slice(index + 1)) {
      if (a.family !== b.family || a.vrid !== b.vrid || a.cast.kind !== b.cast.kind) continue;
      if (a.interface !== b.interface && a.interface !== undefined && b.interface !== undefined) continue;
      const { cast } = b;
      const clash =
        a.cast.kind === "unicast" && cast.kind === "unicast"
          ? a.source === b.source && a.cast.peers.some((peer) => cast.peers.includes(peer))
          : a.cast.kind === "multicast" && cast.kind === "multicast" && a.cast.group === cast.group;
      if (clash) return `${a.name} and ${b.name} both use virtual_router_id ${a.vrid}`;
    }
  return undefined;
};
