/** Which instances of different nodes are one virtual router: a common address first, then the VRID. */
import { familyOf } from "../node/defaults.ts";
import type { VrrpInstance } from "../node/model.ts";
import type { Member, NodeModel, VirtualRouter } from "./model.ts";

/** The virtual routers of a group of peers, every instance in exactly one of them, in the order they are written. */
export const virtualRouters = (nodes: readonly NodeModel[]): readonly VirtualRouter[] => {
  const members: Member[] = nodes.flatMap((node) => {
    const { configuration } = node;
    return configuration === undefined ? [] : configuration.instances.map((instance) => ({ node, configuration, instance }));
  });
  const setOf = new Map(members.map((member): [Member, Growing] => [member, { members: [member], reason: "single" }]));
  joinByAddress(members, setOf);
  joinByVrid(members, setOf);
  // As written, whatever the order they were joined in.
  const routers = new Map<Growing, Member[]>();
  for (const member of members) {
    const set = setOf.get(member)!;
    const list = routers.get(set);
    if (list === undefined) routers.set(set, [member]);
    else list.push(member);
  }
  return [...routers].map(([{ reason }, ordered]) => ({ members: ordered, reason }));
};

interface Growing {
  readonly members: Member[];
  reason: VirtualRouter["reason"];
}

const join = (a: Growing, b: Growing, reason: VirtualRouter["reason"], setOf: Map<Member, Growing>): void => {
  for (const member of b.members) {
    a.members.push(member);
    setOf.set(member, a);
  }
  a.reason = a.reason === "shared-address" || b.reason === "shared-address" ? "shared-address" : reason;
};

const joinByAddress = (members: readonly Member[], setOf: Map<Member, Growing>): void => {
  const firstWith = new Map<string, Member>();
  for (const member of members) {
    for (const address of addressesOf(member.instance)) {
      const other = firstWith.get(address);
      if (other === undefined) firstWith.set(address, member);
      // One address twice on one node is that node's own mistake and makes no router of the two.
      else if (other.node !== member.node && setOf.get(other) !== setOf.get(member))
        join(setOf.get(other)!, setOf.get(member)!, "shared-address", setOf);
    }
  }
};

/**
 * What shares no address with any node's instances may still be the same router, written with a wrong address. Where a
 * node uses one VRID on several interfaces, the one on the same interface, else of the same name, is meant.
 */
const joinByVrid = (members: readonly Member[], setOf: Map<Member, Growing>): void => {
  const byVrid = new Map<string, Member[]>();
  for (const member of members) {
    const vrid = member.instance.virtualRouterId?.value;
    if (vrid === undefined) continue;
    const key = `${vrid} ${familyOf(member.instance)}`;
    const list = byVrid.get(key);
    if (list === undefined) byVrid.set(key, [member]);
    else list.push(member);
  }
  for (const alike of byVrid.values()) {
    for (const fits of [sameInterface, sameName, () => true]) {
      for (const [index, a] of alike.entries()) {
        for (const b of alike.slice(index + 1)) {
          const left = setOf.get(a)!;
          const right = setOf.get(b)!;
          if (left === right || !fits(a.instance, b.instance)) continue;
          if (left.members.some(({ node }) => right.members.some((other) => other.node === node))) continue;
          join(left, right, "vrid", setOf);
        }
      }
    }
  }
};

const sameInterface = (a: VrrpInstance, b: VrrpInstance): boolean =>
  a.interface?.value !== undefined && a.interface.value === b.interface?.value;

const sameName = (a: VrrpInstance, b: VrrpInstance): boolean => a.name.value === b.name.value;

const addressesOf = (instance: VrrpInstance): readonly string[] =>
  [...instance.virtualAddresses, ...instance.excludedAddresses].flatMap(({ address }) => address ?? []);
