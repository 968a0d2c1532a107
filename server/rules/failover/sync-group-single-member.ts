import { beginsHere, endOf } from "../../analysis/places.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { hasUnreadIncludes, lacks, mayHoldMore } from "../../model/node/lost.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "sync-group-single-member",
  summary: "A sync group with fewer than two instances keeps nothing together; without any it is removed.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_sync.c:106", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:313"],
  subject: "configuration",

  *check(configuration) {
    if (hasUnreadIncludes(configuration)) return;
    const names = new Set(configuration.instances.map(({ name }) => name.value));
    const groups = configuration.groupsByInstance();
    for (const group of configuration.syncGroups) {
      const { item, name, members } = group;
      if (members.length === 0) {
        // An empty list is told here too; members outside of one are told as that.
        const empty = all(item, "group").find(({ kind, items }) => kind === "block" && items.length === 0);
        const outside = item.items.some(({ keyword }) => names.has(keyword.value));
        if (!outside && (lacks(configuration, item, "group") || (empty !== undefined && !mayHoldMore(configuration, item))))
          yield {
            at: endOf(empty ?? item),
            severity: "warning",
            message: `vrrp_sync_group ${shown(name.value)} has no instances: keepalived removes it, with its notify scripts`,
            notes: beginsHere(empty ?? item),
          };
        continue;
      }
      // An unknown member, and one of another group, are told as that.
      const [only] = members;
      if (members.length > 1 || only?.value === undefined || groups.get(only.value) !== group || mayHoldMore(configuration, item)) continue;
      yield {
        at: only.site,
        message: `vrrp_sync_group ${shown(name.value)} has ${shown(only.value)} only: a group keeps two or more instances together`,
      };
    }
  },
});
