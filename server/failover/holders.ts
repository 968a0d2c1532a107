/** Who has an address on an interface. */
import type { InstanceSettings } from "./settings.ts";
import type { NodeState, World } from "./world.ts";

export const listsOf = ({ addresses, excluded }: InstanceSettings, address: string): boolean =>
  addresses.some((own) => own.address === address) || excluded.some((own) => own.address === address);

/** The addresses a node has, whatever interface they are on. */
export const heldBy = ({ held }: NodeState): ReadonlySet<string> =>
  new Set([...held].map((key) => key.slice(key.indexOf(" ") + 1, key.lastIndexOf("/"))));

export const holdersOf = ({ nodes }: World, address: string): readonly NodeState[] =>
  nodes.filter((node) => !node.off && [...node.held].some((key) => key.includes(` ${address}/`)));
