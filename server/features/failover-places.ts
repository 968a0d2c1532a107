/** Where in the files of a cluster a failure and an address are written. */
import { canonicalAddress } from "../../grammar/vocabulary/values.ts";
import type { Site } from "../../grammar/text.ts";
import type { Step } from "../failover/scenario.ts";
import type { ClusterModel, NodeModel } from "../model/cluster/model.ts";

/** What breaks or mends: the script or the interface on the node, else the node's configuration; empty for a network. */
export const stepSites = ({ nodes }: ClusterModel, { node, script, iface }: Step): readonly Site[] =>
  nodes.flatMap((each) => (each.name === node ? partSites(each, script, iface) : []));

const partSites = ({ configuration }: NodeModel, script: string | undefined, iface: string | undefined): readonly Site[] => {
  if (configuration === undefined) return [];
  const whole: Site = { file: configuration.file, span: { start: 0, end: 0 } };
  if (script !== undefined) {
    const found = configuration.symbols.definitions.filter(({ kind, name }) => kind !== "instance" && name.value === script);
    return found.length === 0 ? [whole] : found.map(({ name }) => name.site);
  }
  if (iface === undefined) return [whole];
  const { instances } = configuration;
  const used = instances.flatMap(({ interface: own }) => (own?.value === iface ? [own.site] : []));
  const tracked = instances.flatMap(({ trackInterfaces }) =>
    trackInterfaces.flatMap(({ name }) => (name.value === iface ? [name.site] : [])),
  );
  const found = [...used, ...tracked];
  return found.length === 0 ? [whole] : found;
};

/** The lines that list a virtual address, one for each node. */
export const addressSites = ({ nodes }: ClusterModel, address: string): readonly Site[] => {
  const wanted = canonicalAddress(address);
  return nodes.flatMap(({ configuration }) =>
    (configuration?.instances ?? [])
      .flatMap(({ virtualAddresses, excludedAddresses }) => [...virtualAddresses, ...excludedAddresses])
      .flatMap((each) => (each.address === wanted ? [each.item.keyword.site] : []))
      .slice(0, 1),
  );
};
