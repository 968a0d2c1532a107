import type { Member } from "../../model/cluster/model.ts";
import { hearing, isWhole, peerName, peerNames } from "../../model/cluster/pairs.ts";
import { basePriority, initialState } from "../../model/node/defaults.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "equal-priority",
  summary: "Peers with one priority: nothing says which of them is to be master.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/equal-priority"],
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      const priorities = members.flatMap((member) => priorityOf(member) ?? []);
      // 255 on two nodes is a different mistake: two owners of one address.
      for (const priority of new Set(priorities.filter((one) => one !== 255))) {
        const tied = oncePerNode(members.filter((member) => priorityOf(member) === priority));
        const [first, second] = tied;
        if (first === undefined || second === undefined) continue;
        const others = tied.filter((member) => member !== second);
        const byDesign = tied.every(staysBackup);
        const written = second.instance.priority === undefined ? `${priority} (the default)` : `${priority}`;
        const same = `priority of ${second.instance.name.value} is ${written}, as on ${peerNames(others, second)}`;
        yield {
          at: second.instance.priority?.site ?? second.instance.name.site,
          message: `${same}: ${consequence(members, priority, byDesign, tied)}`,
          severity: byDesign ? "info" : "warning",
          notes: [
            ...others.map((other) => ({
              message:
                other.instance.priority === undefined
                  ? `${peerName(other, second)} writes no priority, so it is ${priority}`
                  : `${priority} on ${peerName(other, second)}`,
              at: other.instance.priority?.site ?? other.instance.name.site,
            })),
            ...statesDiffer(tied),
          ],
          nodes: tied.map(({ node }) => node),
        };
      }
    }
  },
});

const priorityOf = (member: Member): number | undefined =>
  member.instance.priority === undefined && !isWhole(member) ? undefined : basePriority(member.instance);

const oncePerNode = (members: readonly Member[]): readonly Member[] =>
  members.filter((member, index) => members.findIndex(({ node }) => node === member.node) === index);

/** BACKUP with nopreempt on every node: whoever is master stays, which may be all that is wanted. */
const staysBackup = ({ instance }: Member): boolean => initialState(instance) === "BACKUP" && instance.nopreempt?.value === true;

const consequence = (members: readonly Member[], priority: number, byDesign: boolean, tied: readonly Member[]): string => {
  const better = members.find((member) => (priorityOf(member) ?? 0) > priority);
  if (better !== undefined) return `when ${better.node.name} fails, nothing says which of the ${tied.length} takes over`;
  if (byDesign) return "the first to start keeps the address, and after a network split the higher own IP address gets it";
  return "nothing says who is master, the first to start keeps the address, and after a network split the higher own IP address gets it";
};

const statesDiffer = (tied: readonly Member[]) => {
  const master = tied.find(({ instance }) => instance.state?.value === "MASTER");
  if (master?.instance.state === undefined || tied.every(({ instance }) => instance.state?.value === "MASTER")) return [];
  return [{ message: `state MASTER on ${master.node.name} does not decide it: only the priority does`, at: master.instance.state.site }];
};
