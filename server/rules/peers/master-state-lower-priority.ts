import type { Member } from "../../model/cluster/model.ts";
import { hearing, isWhole, peerName } from "../../model/cluster/pairs.ts";
import { basePriority } from "../../model/node/defaults.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "master-state-lower-priority",
  summary: "`state MASTER` on the node with the lower priority: the priority decides, and the word misleads its reader.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/state-against-priority"],
  subject: "virtualRouter",
  fix: "review",

  *check(router) {
    for (const members of hearing(router)) {
      const masters = members.filter(({ instance }) => instance.state?.value === "MASTER");
      const [member] = masters;
      // Several of them are told as that; a variable may be the one that is right.
      if (member === undefined || masters.length > 1 || members.some(isUnclear)) continue;
      const mine = basePriority(member.instance) ?? 0;
      const better = members.filter(({ node }) => node !== member.node).toSorted((a, b) => priorityOf(b) - priorityOf(a))[0];
      if (better === undefined || priorityOf(better) <= mine || member.instance.state === undefined) continue;
      const { state } = member.instance;
      yield {
        at: state.site,
        message: `${member.instance.name.value} of ${member.node.name} says MASTER with priority ${mine}, but ${peerName(better, member)} has ${priorityOf(better)} and is master whenever it runs`,
        notes: [
          { message: `${priorityOf(better)} on ${better.node.name}`, at: better.instance.priority?.site ?? better.instance.name.site },
        ],
        fixes: state.site.via === undefined ? fixWith("Start as BACKUP", "review", [{ at: state.site, replacement: "BACKUP" }]) : [],
        nodes: [member.node, better.node],
      };
    }
  },
});

const isUnclear = (member: Member): boolean => {
  const { state, priority } = member.instance;
  return !isWhole(member) || (state !== undefined && state.value === undefined) || (priority !== undefined && priority.value === undefined);
};

const priorityOf = ({ instance }: Member): number => basePriority(instance) ?? 0;
