import type { Rehearsal } from "../../failover/rehearse.ts";
import { failureOf } from "../../failover/trials.ts";
import type { ClusterModel, Member } from "../../model/cluster/model.ts";
import { checkTarget, isGateway } from "../../model/cluster/targets.ts";
import { type Tracker, trackerReader } from "../../model/node/tracking.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "all-nodes-fault",
  summary: "Every node checks the same other machine without weight: when that is gone, all go to FAULT and nobody holds the address.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/check-fails-everywhere", "test/observed/check-fails-everywhere-weighted"],
  seen: { metrics: [["state", "is 3 (FAULT) on every node: nobody holds the address"]] },
  subject: "cluster",

  *check(cluster, { rehearsals }) {
    const told = new Set<string>();
    for (const router of cluster.virtualRouters) {
      const rehearsal = rehearsals.of(router);
      if (rehearsal === undefined) continue;
      const [first, ...others] = rehearsal.members.map((member) => checksOf(cluster, rehearsal, member));
      for (const [target, check] of first ?? []) {
        const same = others.map((checks) => checks.get(target));
        if (same.includes(undefined)) continue;
        const all = [check, ...same.flatMap((one) => one ?? [])];
        const after = rehearsal.play(all.map(({ member, tracker }) => failureOf(member, tracker))).at(-1);
        if (after === undefined || after.holders(check.member).length > 0) continue;
        const { member, tracker } = check;
        const { name } = tracker;
        if (told.has(`${target} ${name}`)) continue;
        told.add(`${target} ${name}`);
        yield {
          at: tracker.entry.name.site,
          severity: isGateway(cluster, target, name) ? "info" : "warning",
          message: `${shown(name)} asks ${target} on ${all.length === 2 ? "both" : "all"} nodes and has no weight: when ${target} does not answer, all are in FAULT and nobody holds ${addressesOf(member)}`,
          notes: [
            ...all.slice(1).map((other) => ({ message: `the same on ${other.member.node.name}`, at: other.tracker.entry.name.site })),
            { message: "with a negative weight on all nodes one of them keeps the address" },
          ],
          nodes: all.map(({ member: { node } }) => node),
        };
      }
    }
  },
});

interface Check {
  readonly member: Member;
  readonly tracker: Tracker;
}

/** The scripts that put a member into FAULT, by the machine they ask. */
const checksOf = (cluster: ClusterModel, rehearsal: Rehearsal, member: Member): ReadonlyMap<string, Check> => {
  const { configuration, instance, node } = member;
  const group = configuration.groupsByInstance().get(instance.name.value);
  const read = trackerReader(configuration);
  const unweighted = new Set(
    rehearsal.settingsOf(member).tracks.flatMap(({ name, weight, reverse }) => (weight === 0 && !reverse ? [name] : [])),
  );
  const found = new Map<string, Check>();
  for (const tracker of [...read(instance), ...(group === undefined ? [] : read(group))]) {
    if (tracker.kind !== "script" || !unweighted.has(`script ${tracker.name}`)) continue;
    const script = configuration.scripts.find(({ name }) => name.value === tracker.name);
    const target = script === undefined ? undefined : checkTarget(cluster, node, script);
    if (target !== undefined && !found.has(target)) found.set(target, { member, tracker });
  }
  return found;
};

const addressesOf = ({ instance }: Member): string => {
  const addresses = [...instance.virtualAddresses, ...instance.excludedAddresses].map(({ text }) => text.replace(/\/.*$/u, ""));
  return list(addresses, "and", 3);
};
