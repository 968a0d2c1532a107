/** From an entry file to the configuration one host's keepalived would hold. */
import { expand, type ConfigFiles } from "../../../grammar/keepalived/expand.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { readTree, type ConfigItem, type ConfigTree } from "./items.ts";
import { damageIn } from "./lost.ts";
import { virtualServer, virtualServerGroup } from "./lvs.ts";
import type { Configuration, GlobalSettings, VirtualServerGroup } from "./model.ts";
import { once } from "./once.ts";
import { optional } from "./optional.ts";
import { flagSetting, numberSetting, wordSetting } from "./settings.ts";
import { sourceOf } from "./source.ts";
import { symbolsOf } from "./symbols.ts";
import { groupReader } from "./tracking.ts";
import { addressList, syncGroup, vrrpInstance, vrrpScript } from "./vrrp.ts";

/** Reads one node's configuration as that version of keepalived does (the newest known when nobody says). Never throws: what cannot be read is a problem of the expansion or the tree. */
export const readConfiguration = (file: string, files: ConfigFiles, configId?: string, version?: Version): Configuration => {
  const expansion = expand(file, files, { configId, version });
  const tree = readTree(expansion.text, version);
  const blocks = (name: string): readonly ConfigItem[] => tree.items.filter((item) => item.keyword.value === name && item.kind === "block");
  const instances = unique(blocks("vrrp_instance").flatMap((item) => vrrpInstance(item) ?? []));
  const syncGroups = unique(blocks("vrrp_sync_group").flatMap((item) => syncGroup(item) ?? []));
  const groups = blocks("virtual_server_group").flatMap((item) => virtualServerGroup(item) ?? []);
  return optional({
    file,
    configId,
    expansion,
    source: sourceOf(expansion),
    tree,
    damage: damageIn(tree),
    global: globalSettings(tree),
    globalStatement: globalReader(tree),
    instances,
    syncGroups,
    groupsByInstance: groupReader(instances, syncGroups),
    scripts: blocks("vrrp_script").flatMap((item) => vrrpScript(item) ?? []),
    virtualServers: blocks("virtual_server").flatMap((item) => virtualServer(item) ?? []),
    virtualServerGroups: groups,
    groupOf: serverGroupReader(groups),
    staticAddresses: addressList(blocks("static_ipaddress")),
    symbols: symbolsOf(tree),
  });
};

const globalReader = ({ items }: ConfigTree): Configuration["globalStatement"] => {
  const last = once(() => {
    const blocks = items.filter(({ keyword }) => keyword.value === "global_defs");
    return new Map(blocks.flatMap((block) => block.items).map((item) => [item.keyword.value, item]));
  });
  return (name) => last().get(name);
};

const serverGroupReader = (groups: readonly VirtualServerGroup[]): Configuration["groupOf"] => {
  // The first of a name counts.
  const byName = once(() => new Map(groups.toReversed().map((group) => [group.name.value, group])));
  return (service) => (service.kind === "group" && service.name?.value !== undefined ? byName().get(service.name.value) : undefined);
};

/** A second instance or sync group of one name is skipped whole by the daemon (grammar facts 6.1). */
const unique = <T extends { readonly name: { readonly value: string } }>(found: readonly T[]): readonly T[] => {
  const names = new Set<string>();
  return found.filter(({ name }) => !names.has(name.value) && names.add(name.value));
};

const globalSettings = (tree: ConfigTree): GlobalSettings => {
  const items = tree.items.filter((item) => item.keyword.value === "global_defs").flatMap((block) => block.items);
  const last = (name: string): ConfigItem | undefined => items.filter((item) => item.keyword.value === name).at(-1);
  return optional({
    routerId: wordSetting(last("router_id")),
    vrrpVersion: numberSetting(last("vrrp_version")),
    strict: flagSetting(last("vrrp_strict")),
    multicastGroup4: wordSetting(last("vrrp_mcast_group4")),
    multicastGroup6: wordSetting(last("vrrp_mcast_group6")),
    scriptUser: wordSetting(last("script_user")),
    scriptSecurity: flagSetting(last("enable_script_security")),
    dynamicInterfaces: flagSetting(last("dynamic_interfaces")),
    lvsSyncDaemon: last("lvs_sync_daemon"),
  });
};
