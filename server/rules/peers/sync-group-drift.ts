import {
  areTogether,
  counterparts,
  groupGaps,
  groupOf,
  groupsHolding,
  type HeldTogether,
  nodesOf,
  tiedTogether,
} from "../../failover/group-gaps.ts";
import type { Rehearsal } from "../../failover/rehearse.ts";
import type { Member } from "../../model/cluster/model.ts";
import { basePriority } from "../../model/node/defaults.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "sync-group-drift",
  summary: "A sync group that holds different instances on different nodes, or whose members prefer different nodes.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/sync-group-crossed", "test/observed/sync-group-on-master-only", "test/observed/sync-group-on-both"],
  subject: "cluster",

  *check(cluster, { rehearsals }) {
    for (const rehearsal of tiedTogether(cluster, rehearsals)) {
      // The case that leaves an address with nobody is told as that.
      if (groupGaps(rehearsal).next().done !== true) continue;
      yield* different(rehearsal);
      yield* crossed(rehearsal);
    }
  },
});

/** On each node that does not keep together what another node's group does: once for each such set of instances. */
function* different(rehearsal: Rehearsal): Generator<RuleFinding> {
  const told = new Set<string>();
  for (const one of groupsHolding(rehearsal)) {
    for (const node of nodesOf(rehearsal)) {
      if (node === one.members[0]!.node) continue;
      const there = counterparts(rehearsal, one, node);
      const [first] = there;
      if (first === undefined || there.length < 2 || areTogether(there)) continue;
      const names = list(there.map(({ instance }) => instance.name.value));
      const key = `${node.name} ${names}`;
      if (told.has(key)) continue;
      told.add(key);
      const group = there.map(groupOf).find((own) => own !== undefined);
      const outside = there.filter((member) => groupOf(member) !== group);
      const here = one.members[0]!.node.name;
      yield {
        at: group?.name.site ?? first.instance.name.site,
        message:
          group === undefined
            ? `${node.name} has ${names} in no vrrp_sync_group, ${here} keeps them together in ${shown(one.group.name.value)}: they fail over together from ${here} only`
            : `vrrp_sync_group ${shown(group.name.value)} of ${node.name} goes without ${list(outside.map(({ instance }) => instance.name.value))}, which ${shown(one.group.name.value)} of ${here} holds: they fail over together from ${here} only`,
        notes: [{ message: `the group on ${here}`, at: one.group.name.site }],
        nodes: [one.members[0]!.node, node],
      };
    }
  }
}

/** Two members of a group that prefer different nodes. */
function* crossed(rehearsal: Rehearsal): Generator<RuleFinding> {
  const told = new Set<Member>();
  for (const one of groupsHolding(rehearsal)) {
    const [first, ...others] = one.members;
    for (const node of nodesOf(rehearsal)) {
      if (first === undefined || node === first.node) continue;
      for (const other of others) {
        const [here, there] = pairOn(rehearsal, one, [first, other], node) ?? [];
        if (here === undefined || there === undefined || told.has(other) || told.has(there)) continue;
        const preferred = leader(first, here);
        const second = leader(other, there);
        if (preferred === undefined || second === undefined || preferred.node === second.node) continue;
        told.add(other).add(there);
        const { instance } = other;
        yield {
          at: instance.priority?.site ?? instance.name.site,
          message: `${instance.name.value} prefers ${second.node.name} (${order(other, there)}), ${first.instance.name.value} prefers ${preferred.node.name} (${order(first, here)}): vrrp_sync_group ${shown(one.group.name.value)} has one master for both, and no failback`,
          notes: [
            { message: "the group that holds both", at: one.group.name.site },
            { message: `${basePriority(there.instance)} on ${node.name}`, at: there.instance.priority?.site ?? there.instance.name.site },
          ],
          nodes: [first.node, node],
        };
      }
    }
  }
}

/** The counterparts of both on another node, when a group holds them there as well. */
const pairOn = (
  rehearsal: Rehearsal,
  one: HeldTogether,
  members: readonly Member[],
  node: Member["node"],
): readonly Member[] | undefined => {
  const there = counterparts(rehearsal, { ...one, members }, node);
  return there.length === 2 && areTogether(there) ? there : undefined;
};

const leader = (a: Member, b: Member): Member | undefined => {
  const [left, right] = [basePriority(a.instance) ?? 0, basePriority(b.instance) ?? 0];
  return left === right ? undefined : left > right ? a : b;
};

const order = (a: Member, b: Member): string => {
  const both = [basePriority(a.instance) ?? 0, basePriority(b.instance) ?? 0];
  return `${Math.max(...both)} over ${Math.min(...both)}`;
};
