/** Which instances of different nodes are one virtual router: a common address first, then the VRID. */
import { familyOf } from "../node/defaults.ts";
import type { VrrpInstance } from "../node/model.ts";
import type { Member, NodeModel, VirtualRouter } from "./model.ts";

export const virtualRouters = (nodes: readonly NodeModel[]): readonly VirtualRouter[] => {
  const members: Member[] = nodes.flatMap((node) => {
    const { configuration } = node;
    return configuration === undefined ? [] : configuration.instances.map((instance) => ({ node, configuration, instance }));
  });
  const parent = members.map((_, index) => index);
  const find = (index: number): number => (parent[index] === index ? index : (parent[index] = find(parent[index]!)));
  const byAddress = new Set<number>();
  const firstWith = new Map<string, number>();
  members.forEach(({ instance }, index) => {
    for (const address of addressesOf(instance)) {
      const other = firstWith.get(address);
      if (other === undefined) firstWith.set(address, index);
      else if (find(other) !== find(index) && members[other]!.node !== members[index]!.node) {
        parent[find(index)] = find(other);
        byAddress.add(find(other));
      } else if (find(other) === find(index)) byAddress.add(find(other));
    }
  });
  // What shares no address with a node's instances may still be the same router, written with the wrong address.
  for (const [a, left] of members.entries()) {
    for (const [b, right] of members.entries()) {
      if (b <= a || left.node === right.node || find(a) === find(b) || !sameVrid(left.instance, right.instance)) continue;
      const nodesOf = (root: number): readonly NodeModel[] => members.filter((_, index) => find(index) === root).map(({ node }) => node);
      const there = nodesOf(find(b));
      if (nodesOf(find(a)).some((node) => there.includes(node))) continue;
      parent[find(b)] = find(a);
    }
  }
  const groups = new Map<number, Member[]>();
  members.forEach((member, index) => groups.set(find(index), [...(groups.get(find(index)) ?? []), member]));
  return [...groups].map(([root, group]) => ({
    members: group,
    reason: group.length === 1 ? "single" : [...byAddress].some((index) => find(index) === root) ? "shared-address" : "vrid",
  }));
};

const addressesOf = (instance: VrrpInstance): readonly string[] =>
  [...instance.virtualAddresses, ...instance.excludedAddresses].flatMap(({ address }) => address ?? []);

/** Same VRID and family; the interface decides only where both nodes use the same names for several. */
const sameVrid = (a: VrrpInstance, b: VrrpInstance): boolean =>
  a.virtualRouterId?.value !== undefined &&
  a.virtualRouterId.value === b.virtualRouterId?.value &&
  familyOf(a) === familyOf(b);
