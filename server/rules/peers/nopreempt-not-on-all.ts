import { blockedTrials } from "../../failover/trials.ts";
import type { Member } from "../../model/cluster/model.ts";
import { hearing, isWhole } from "../../model/cluster/pairs.ts";
import { basePriority, effectiveNopreempt } from "../../model/node/defaults.ts";
import { one } from "../../model/node/settings.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "nopreempt-not-on-all",
  summary: "`nopreempt` on the weaker nodes only: the node with the highest priority comes back as if it were nowhere.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/nopreempt-on-lower-only", "test/observed/nopreempt-on-higher-only"],
  subject: "virtualRouter",
  fix: "review",

  *check(router, { rehearsals }) {
    for (const members of hearing(router)) {
      // Where state MASTER or priority 255 takes a nopreempt back, that is the finding.
      if (members.some((member) => !isWhole(member) || isTakenBack(member))) continue;
      const sorted = members.toSorted((a, b) => priorityOf(b) - priorityOf(a));
      const [best, second] = sorted;
      const other = sorted.find((member) => nopreemptOf(member) === true);
      if (best === undefined || second === undefined || other === undefined || nopreemptOf(best) !== false) continue;
      if (priorityOf(best) === 0 || priorityOf(best) === priorityOf(second) || priorityOf(best) === 255) continue;
      // It really comes back, and the other's nopreempt does nothing worse than nothing: that is told as what it does.
      const { name } = best.node;
      const rehearsal = rehearsals.of(router);
      const played = rehearsal?.play([
        { do: "crash", node: name },
        { do: "restart", node: name },
      ]);
      if (rehearsal === undefined || played?.at(-1)?.master(best) !== best || blockedTrials(rehearsal).length > 0) continue;
      const site = other.instance.nopreempt?.site ?? other.instance.name.site;
      yield {
        at: best.instance.priority?.site ?? best.instance.name.site,
        message: `${best.instance.name.value} of ${name} has the highest priority (${priorityOf(best)}) and no nopreempt: it takes the address back when it returns, and the nopreempt of ${other.node.name} changes nothing`,
        notes: [{ message: `nopreempt on ${other.node.name}`, at: site }],
        fixes: fix(best),
        nodes: [best.node, other.node],
      };
    }
  },
});

const priorityOf = ({ instance }: Member): number => basePriority(instance) ?? 0;

const nopreemptOf = ({ configuration, instance }: Member): boolean | undefined => effectiveNopreempt(configuration, instance);

const isTakenBack = (member: Member): boolean => member.instance.nopreempt?.value === true && nopreemptOf(member) === false;

/** A line behind the priority, and the state that lets it count. */
const fix = ({ instance }: Member): readonly Fix[] => {
  const priority = one(instance.item, "priority");
  const { state } = instance;
  if (priority === undefined || priority.site.via !== undefined || instance.priority?.site.via !== undefined) return [];
  if (state?.value === "MASTER" && state.site.via !== undefined) return [];
  const { file, span } = instance.priority!.site;
  return [
    {
      title: state?.value === "MASTER" ? "Start as BACKUP with nopreempt" : "Add nopreempt",
      safety: "review",
      edits: [
        ...(state?.value === "MASTER" ? [{ at: state.site, replacement: "BACKUP" }] : []),
        { at: { file, span: { start: span.end, end: span.end } }, replacement: "\n    nopreempt" },
      ],
    },
  ];
};
