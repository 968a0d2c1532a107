import { type GroupGap, groupGaps, groupOf, tiedTogether } from "../../failover/group-gaps.ts";
import type { Rehearsal } from "../../failover/rehearse.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import type { Member } from "../../model/cluster/model.ts";
import type { Note } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "sync-group-missing-on-peer",
  summary: "A sync group that the backup has and the failing master lacks leaves an address with nobody.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/sync-group-on-backup-only", "test/observed/sync-group-misspelt", "test/observed/sync-group-on-master-only"],
  subject: "cluster",

  *check(cluster, { rehearsals }) {
    for (const rehearsal of tiedTogether(cluster, rehearsals)) {
      const told = new Set<string>();
      for (const gap of groupGaps(rehearsal)) {
        const { group, failed, orphan, staying } = gap;
        const key = `${orphan.node.name} ${group.name.value} ${failed.node.name}`;
        if (told.has(key)) continue;
        told.add(key);
        yield {
          at: group.name.site,
          message: `vrrp_sync_group ${shown(group.name.value)} of ${orphan.node.name} holds ${orphan.instance.name.value} back when ${gap.cause} fails: ${staying.instance.name.value} stays on ${failed.node.name}, ${lacking(gap)}, and nobody holds ${addressesOf(orphan)}`,
          notes: notesOf(gap, rehearsal),
          nodes: [orphan.node, failed.node],
        };
      }
    }
  },
});

const lacking = ({ failed, staying }: GroupGap): string => {
  const group = groupOf(failed) ?? groupOf(staying);
  if (group === undefined) return "which has no such group";
  const absent = groupOf(failed) === undefined ? failed : staying;
  return `where ${shown(group.name.value)} goes without ${absent.instance.name.value}`;
};

const addressesOf = ({ instance }: Member): string => {
  const addresses = [...instance.virtualAddresses, ...instance.excludedAddresses].map(({ text }) => text.replace(/\/.*$/u, ""));
  return list(addresses, "and", 3);
};

const notesOf = ({ failed, staying, hearing }: GroupGap, { settingsOf }: Rehearsal): readonly Note[] => {
  const groups = [failed, staying].flatMap((member) => groupOf(member) ?? []);
  const [group] = groups;
  const written = group?.members.find(
    ({ value }) =>
      value !== undefined &&
      !failed.configuration.instances.some(({ name }) => name.value === value) &&
      nearestWord(value, [failed.instance.name.value, staying.instance.name.value]) !== undefined,
  );
  return [
    written === undefined
      ? {
          message: `${failed.node.name}'s ${staying.instance.name.value}, which no group ties to ${failed.instance.name.value}`,
          at: staying.instance.name.site,
        }
      : { message: `${shown(written.value ?? "")} is no vrrp_instance of ${failed.node.name}`, at: written.site },
    {
      message: `${hearing.instance.name.value} of ${hearing.node.name} (${settingsOf(hearing).priority}) goes on hearing ${failed.node.name} (${settingsOf(staying).priority})`,
    },
  ];
};
