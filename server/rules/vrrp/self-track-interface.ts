import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Configuration, VrrpInstance } from "../../model/node/model.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "self-track-interface",
  summary: "An instance, or its sync group, tracks the instance's own interface, which keepalived watches anyway.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3995", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:2621"],
  subject: "configuration",
  fix: "safe",

  *check(configuration) {
    for (const instance of configuration.instances) yield* inInstance(configuration, instance);
    yield* inGroups(configuration);
  },
});

function* inInstance({ source }: Configuration, { name, interface: own, trackInterfaces }: VrrpInstance): Generator<RuleFinding> {
  if (own?.value === undefined) return;
  for (const { name: tracked, item, weight } of trackInterfaces) {
    if (tracked.value !== own.value) continue;
    yield {
      at: tracked.site,
      message: `${name.value} tracks its own interface ${own.value}: keepalived drops the line${weight === undefined ? "" : " and its weight"}, for it watches that interface anyway`,
      notes: [{ message: "its interface", at: own.site }],
      fixes: fixWith("Remove it", "safe", removeItem(source, alone(item))),
    };
  }
}

/** Of a member's own interface the group's line changes nothing: the loss of it means FAULT for the member, and so for all. */
function* inGroups(configuration: Configuration): Generator<RuleFinding> {
  const groups = configuration.groupsByInstance();
  for (const group of configuration.syncGroups) {
    for (const { name: tracked, weight } of group.trackInterfaces) {
      const owners = configuration.instances.filter(
        (instance) =>
          tracked.value !== undefined &&
          instance.interface?.value === tracked.value &&
          groups.get(instance.name.value) === group &&
          one(instance.item, "dont_track_primary") === undefined,
      );
      const [first] = owners;
      if (first?.interface === undefined) continue;
      const names = list(
        owners.map(({ name }) => shown(name.value)),
        "and",
        4,
      );
      yield {
        at: tracked.site,
        message: `${shown(group.name.value)} tracks ${shown(tracked.value ?? "")}, the own interface of ${names}, which keepalived watches anyway: it reports the line${weight === undefined ? "" : `, and the weight does not count for ${owners.length === 1 ? "it" : "them"}`}`,
        notes: [{ message: `interface of ${shown(first.name.value)}`, at: first.interface.site }],
      };
    }
  }
}

/** The line, or its whole block when it is the only one. */
const alone = (item: ConfigItem): ConfigItem => (item.parent !== undefined && item.parent.items.length === 1 ? item.parent : item);
