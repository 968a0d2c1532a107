import type { Member } from "../../model/cluster/model.ts";
import { hearing, peerNames } from "../../model/cluster/pairs.ts";
import { basePriority } from "../../model/node/defaults.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "multiple-initial-masters",
  summary: "`state MASTER` on several nodes: harmless for the election, but it switches off nopreempt and preempt_delay there.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/equal-priority", "measured: state MASTER on both nodes, keepalived 2.2.7 and 2.4.3"],
  subject: "virtualRouter",
  fix: "review",

  *check(router) {
    for (const members of hearing(router)) {
      const masters = members.filter(({ instance }) => instance.state?.value === "MASTER");
      const [first, second] = masters.toSorted((a, b) => priorityOf(b) - priorityOf(a));
      if (first === undefined || second === undefined || first.node === second.node) continue;
      const others = masters.filter(({ node }) => node !== second.node);
      const equal = priorityOf(first) === priorityOf(second);
      const decides = equal
        ? "nothing but who starts first decides which of them is master"
        : `${first.node.name} is master, by its priority of ${priorityOf(first)}`;
      yield {
        at: second.instance.state!.site,
        message: `${second.instance.name.value} says MASTER on ${second.node.name} as well as on ${peerNames(others, second)}: ${decides}`,
        notes: [
          ...others.map((other) => ({ message: `MASTER on ${other.node.name}`, at: other.instance.state!.site })),
          ...switchedOff(second),
        ],
        fixes: fixWith(
          `Start as BACKUP on all but ${first.node.name}`,
          "review",
          masters.flatMap((member) => {
            const { state } = member.instance;
            return member === first || state === undefined || state.site.via !== undefined
              ? []
              : [{ at: state.site, replacement: "BACKUP" }];
          }),
        ),
        nodes: masters.map(({ node }) => node),
      };
    }
  },
});

const priorityOf = ({ instance }: Member): number => basePriority(instance) ?? 0;

/** What MASTER takes from the node, where it is written. */
const switchedOff = ({ instance, node }: Member) => {
  if (instance.priority === undefined) return [{ message: `without a priority MASTER means 255 on ${node.name}`, at: instance.name.site }];
  const lost = instance.nopreempt ?? instance.preemptDelay;
  return lost === undefined ? [] : [{ message: "MASTER switches this off", at: lost.site }];
};
