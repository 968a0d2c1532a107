/** Who has an address on an interface. */
import type { InstanceSettings } from "./settings.ts";
import type { NodeState } from "./world.ts";

export const listsOf = ({ addresses, excluded }: InstanceSettings, address: string): boolean =>
  addresses.some((own) => own.address === address) || excluded.some((own) => own.address === address);

/** As things are now: nodes that are on and have the address, in the order of the cluster. */
export const holdersIn = (nodes: readonly NodeState[]): ((address: string) => readonly NodeState[]) => {
  const found = new Map<string, NodeState[]>();
  for (const node of nodes) {
    if (node.off) continue;
    for (const key of node.held) {
      const address = key.slice(key.indexOf(" ") + 1, key.lastIndexOf("/"));
      const holders = found.get(address);
      if (holders === undefined) found.set(address, [node]);
      else if (holders.at(-1) !== node) holders.push(node);
    }
  }
  return (address) => found.get(address) ?? [];
};
