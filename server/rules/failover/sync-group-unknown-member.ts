import { undefinedReferences } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "sync-group-unknown-member",
  summary: "A sync group names an instance that is defined nowhere: keepalived leaves it out, or drops the group.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_sync.c:65", "keepalived v2.4.3 keepalived/vrrp/vrrp_sync.c:98"],
  subject: "configuration",

  *check(configuration) {
    const strangers = undefinedReferences(configuration, "instance", ["group"]);
    const unknown = new Set(strangers.map(({ name }) => name.value));
    const left = new Map(
      configuration.syncGroups.map(({ item, members }) => [
        item,
        members.filter(({ value }) => value === undefined || !unknown.has(value)).length,
      ]),
    );
    for (const { name, item, nearest } of strangers) {
      const group = item.parent?.parent;
      if (group?.keyword.value !== "vrrp_sync_group") continue;
      const title = group.args[0]?.value ?? "the group";
      yield {
        at: name.site,
        message: `${shown(name.value)} in vrrp_sync_group ${shown(title)} is no vrrp_instance: ${consequence(left.get(group) ?? 0)}${didYouMean(nearest)}`,
      };
    }
  },
});

const consequence = (left: number): string => {
  if (left === 0) return "keepalived drops the group, and its notify scripts never run";
  return left === 1 ? "keepalived leaves it out, and one instance alone is no group" : "keepalived leaves it out of the group";
};
