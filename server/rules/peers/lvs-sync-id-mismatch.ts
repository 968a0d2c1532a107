import type { Site } from "../../../grammar/text.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { isUnknownWord } from "../../model/node/settings.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "lvs-sync-id-mismatch",
  summary: "Directors that synchronise connections under different ids, ports or groups: the backup's connection table stays empty.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/core/global_parser.c:584", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:5254"],
  subject: "cluster",

  *check(cluster) {
    const daemons = cluster.nodes.flatMap((node) => daemonOf(node) ?? []);
    const [first, ...others] = daemons;
    if (first === undefined) return;
    for (const other of others) {
      for (const name of ["id", "port", "group"] as const) {
        const [mine, theirs] = [other[name], first[name]];
        if (mine === undefined || theirs === undefined || mine.value === theirs.value || !arePeers(cluster, first, other)) continue;
        yield {
          at: mine.at,
          message: `lvs_sync_daemon of ${other.node.name} uses ${name} ${mine.text}, that of ${first.node.name} ${theirs.text}: they ignore each other's connections, and a failover cuts them all`,
          notes: [{ message: `${name} ${theirs.text} on ${first.node.name}`, at: theirs.at }],
          nodes: [first.node, other.node],
        };
        break;
      }
    }
  },
});

interface Value {
  readonly value: string;
  /** With where it comes from, when it is not written. */
  readonly text: string;
  readonly at: Site;
}

interface SyncDaemon {
  readonly node: NodeModel;
  readonly instance: string | undefined;
  /** Undefined where it cannot be known. */
  readonly id: Value | undefined;
  readonly port: Value | undefined;
  readonly group: Value | undefined;
}

const daemonOf = (node: NodeModel): SyncDaemon | undefined => {
  const item = node.configuration?.global.lvsSyncDaemon;
  if (item === undefined || item.args.some((word) => isUnknownWord(item, word))) return undefined;
  const named = (name: string) => argumentsOf(item).values.find(({ argument }) => argument.name === name)?.word;
  const written = (name: string, otherwise: string): Value => {
    const word = named(name);
    return word === undefined
      ? { value: otherwise, text: `${otherwise} (the default)`, at: item.keyword.site }
      : { value: word.value, text: word.value, at: word.site };
  };
  const instance = named("instance")?.value;
  return {
    node,
    instance,
    id: named("id") === undefined ? vridOf(node, instance, item) : written("id", ""),
    port: written("port", "8848"),
    group: written("group", "224.0.0.81"),
  };
};

/** Without an id it is the VRID of the instance, and 0 without either. */
const vridOf = ({ configuration }: NodeModel, instance: string | undefined, item: ConfigItem): Value | undefined => {
  if (instance === undefined) return { value: "0", text: "0 (the default)", at: item.keyword.site };
  const vrid = configuration?.instances.find(({ name }) => name.value === instance)?.virtualRouterId?.value;
  return vrid === undefined
    ? undefined
    : { value: `${vrid}`, text: `${vrid} (the virtual_router_id of ${instance})`, at: item.keyword.site };
};

/** Whether their instances are one virtual router; where no instance is named, whether anything ties them together. */
const arePeers = ({ virtualRouters }: ClusterModel, a: SyncDaemon, b: SyncDaemon): boolean =>
  virtualRouters.some(({ members }) => {
    const has = ({ node, instance }: SyncDaemon): boolean =>
      members.some((member) => member.node === node && (instance === undefined || member.instance.name.value === instance));
    return has(a) && has(b);
  });
