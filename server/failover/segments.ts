/**
 * Which interfaces are connected where nobody said so: those of one name, and those on which the members of one virtual
 * router live, since an address can only move where both nodes are.
 */
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { ClusterModel, NodeModel } from "../model/cluster/model.ts";
import { daemonSettings } from "./read-daemon.ts";
import type { DaemonSettings } from "./settings.ts";

/** The daemons of all nodes that have one. */
export const readDaemons = (cluster: ClusterModel, version: Version): readonly DaemonSettings[] => {
  const segmentOf = connections(cluster);
  return cluster.nodes.flatMap((node) =>
    node.configuration === undefined ? [] : [daemonSettings(node, node.configuration, version, (name) => segmentOf(node, name))],
  );
};

const connections = ({ virtualRouters }: ClusterModel): ((node: NodeModel, name: string) => string) => {
  const parents = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
    return at;
  };
  const segment = (node: NodeModel, name: string): string => node.interfaces?.get(name)?.segment ?? name;
  for (const { members } of virtualRouters) {
    const places = members.flatMap(({ node, instance }) => {
      const name = instance.interface?.value;
      return name === undefined ? [] : [{ name: segment(node, name), stated: node.interfaces !== undefined }];
    });
    const [first, ...others] = places;
    if (first === undefined || places.every(({ stated }) => stated)) continue;
    for (const other of others) if (!other.stated || !first.stated) parents.set(root(other.name), root(first.name));
  }
  return (_node, name) => root(name);
};
