/** The nodes of a cluster as the simulation takes them: their daemons' settings, and which interfaces hear each other. */
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { ClusterModel } from "../model/cluster/model.ts";
import type { Configuration, VirtualAddress } from "../model/node/model.ts";
import { all } from "../model/node/settings.ts";
import { addressList } from "../model/node/vrrp.ts";
import { readDaemons } from "./segments.ts";
import type { DaemonSettings } from "./settings.ts";

export interface SimulatedCluster {
  readonly daemons: readonly DaemonSettings[];
  /** Every address that some node lists, as first written, under its canonical form. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Instance names by node, also of those that never run. */
  readonly instances: ReadonlyMap<string, readonly string[]>;
  /** Names of what can be made to fail, by node. */
  readonly trackers: ReadonlyMap<string, readonly string[]>;
}

/** Also those of an instance that is dropped because its name is taken: somebody wanted them. */
const writtenAddresses = ({ tree }: Configuration): readonly VirtualAddress[] =>
  tree.items
    .filter(({ keyword }) => keyword.value === "vrrp_instance")
    .flatMap((item) => addressList(all(item, "virtual_ipaddress", "virtual_ipaddress_excluded")));

/** `version` is that of nodes that state none. */
export const simulatedCluster = (cluster: ClusterModel, version: Version): SimulatedCluster => {
  const addresses = new Map<string, string>();
  for (const { configuration } of cluster.nodes)
    for (const { address, text } of configuration === undefined ? [] : writtenAddresses(configuration))
      if (address !== undefined && !addresses.has(address)) addresses.set(address, text.replace(/\/.*$/u, ""));
  const daemons = readDaemons(cluster, version);
  return {
    daemons,
    addresses,
    instances: new Map(
      cluster.nodes.flatMap(({ name, configuration }) =>
        configuration === undefined ? [] : [[name, configuration.instances.map((instance) => instance.name.value)] as const],
      ),
    ),
    trackers: new Map(
      cluster.nodes.flatMap(({ name, configuration }) => {
        if (configuration === undefined) return [];
        const found = configuration.symbols.definitions.filter(
          ({ kind }) => kind === "script" || kind === "trackProcess" || kind === "trackFile" || kind === "bfd",
        );
        return [[name, [...new Set(found.map((definition) => definition.name.value))]] as const];
      }),
    ),
  };
};
