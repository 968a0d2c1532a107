import type { Rehearsal } from "../../failover/rehearse.ts";
import type { Member } from "../../model/cluster/model.ts";
import { defineRule } from "../../analysis/rule.ts";

const MOST = 254;

export default defineRule({
  id: "weight-overshoot-clamped",
  summary: "Weights lift several nodes above 254 or sink them below 1: all end up with the same priority, and the order is lost.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/weights-beyond-254", "keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:598"],
  subject: "cluster",

  *check(cluster, { rehearsals }) {
    for (const router of cluster.virtualRouters) {
      const rehearsal = rehearsals.of(router);
      if (rehearsal === undefined) continue;
      const sums = rehearsal.members.map((member) => ({
        member,
        base: rehearsal.settingsOf(member).priority,
        ...weightsOf(rehearsal, member),
      }));
      const above = sums.filter(({ base, lift }) => base < 255 && base + lift > MOST).toSorted((a, b) => b.base + b.lift - a.base - a.lift);
      const [first, second] = above;
      if (first !== undefined && second !== undefined && first.base + first.lift !== second.base + second.lift) {
        // Both really are at 254 while all is fine.
        const [healthy] = rehearsal.play([]);
        if (healthy?.priority(first.member) !== MOST || healthy.priority(second.member) !== MOST) continue;
        yield {
          at: placeOf(first.member),
          message: `${first.base} + ${first.lift} of ${first.member.node.name} and ${second.base} + ${second.lift} of ${second.member.node.name} are both kept at 254: ${first.member.instance.name.value} has no preferred node, and whoever is master stays`,
          notes: [{ message: `${second.base} on ${second.member.node.name}`, at: placeOf(second.member) }],
          nodes: [first.member.node, second.member.node],
        };
        continue;
      }
      const below = sums.filter(({ base, drop }) => base < 255 && base - drop < 1).toSorted((a, b) => b.base - b.drop - a.base + a.drop);
      const [better, worse] = below;
      if (better === undefined || worse === undefined || better.base - better.drop === worse.base - worse.drop) continue;
      yield {
        at: placeOf(better.member),
        severity: "info",
        message: `${better.base} − ${better.drop} of ${better.member.node.name} and ${worse.base} − ${worse.drop} of ${worse.member.node.name} are both kept at 1: when all checks fail, ${better.member.instance.name.value} has no preferred node`,
        notes: [{ message: `${worse.base} on ${worse.member.node.name}`, at: placeOf(worse.member) }],
        nodes: [better.member.node, worse.member.node],
      };
    }
  },
});

/** What all its trackers add while they are fine, and take away when they all fail. */
const weightsOf = (rehearsal: Rehearsal, member: Member): { readonly lift: number; readonly drop: number } => {
  const { tracks, interfaces } = rehearsal.settingsOf(member);
  const weights = [...tracks.filter(({ name }) => !name.startsWith("file ")), ...interfaces]
    .filter(({ reverse }) => !reverse)
    .map(({ weight }) => weight);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { lift: sum(weights.filter((weight) => weight > 0)), drop: -sum(weights.filter((weight) => weight < 0)) };
};

const placeOf = ({ instance }: Member) => instance.priority?.site ?? instance.name.site;
