/** Names of interfaces that somebody here uses: in a configuration, in kalint.toml, in the files of a host. */
import { matchArguments } from "../../grammar/vocabulary/arguments.ts";
import { lookup } from "../../grammar/vocabulary/index.ts";
import { valueOf } from "../model/effects/known.ts";
import type { NodeModel } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import { type ConfigItem, walkItems } from "../model/node/items.ts";
import { remembered } from "../model/node/remembered.ts";

export interface KnownInterface {
  readonly name: string;
  /** A machine of the own cluster has it. */
  readonly near: boolean;
}

/** Sorted by name, those of the node's own cluster before the others. */
export const knownInterfaces = ({ clusters }: Project, own: NodeModel | undefined): readonly KnownInterface[] => {
  const found = new Map<string, boolean>();
  for (const { nodes } of clusters) {
    const near = own !== undefined && nodes.includes(own);
    for (const node of nodes) for (const name of interfacesOf(node)) found.set(name, near || found.get(name) === true);
  }
  return [...found]
    .map(([name, near]) => ({ name, near }))
    .toSorted((a, b) => Number(b.near) - Number(a.near) || (a.name < b.name ? -1 : 1));
};

const interfacesOf = remembered(({ interfaces, configuration, addresses, companions }: NodeModel): ReadonlySet<string> => {
  const found = new Set<string>(interfaces?.keys());
  for (const item of walkItems(configuration?.tree.items ?? [])) for (const name of namedBy(item)) found.add(name);
  for (const { device } of addresses) if (device !== undefined) found.add(device);
  for (const { effects } of companions) {
    for (const effect of effects) {
      const device = effect.kind === "address" || effect.kind === "link" ? valueOf(effect.device) : undefined;
      if (device !== undefined) found.add(device);
    }
  }
  // An alias is an address, and the loopback is nothing that could fail.
  for (const name of found) if (name === "lo" || name.includes(":")) found.delete(name);
  return found;
});

/** The words of a statement that stand where an interface does. */
const namedBy = ({ entry, keyword, args, context }: ConfigItem): readonly string[] => {
  if (entry === undefined) return [];
  const inList = entry.name.startsWith("<");
  const words = (inList ? [keyword, ...args] : args).map(({ value }) => value);
  const own = matchArguments(entry, words).values.flatMap(({ argument, index }) =>
    argument.type === "interface" ? (words[index] ?? []) : [],
  );
  if (!inList || context === undefined) return own;
  const behind = words.flatMap((word, index) =>
    index > 0 && lookup(context, word)?.args[0]?.type === "interface" ? (words[index + 1] ?? []) : [],
  );
  return [...own, ...behind];
};
