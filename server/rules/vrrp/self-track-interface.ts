import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "self-track-interface",
  summary: "An instance tracks its own interface, which keepalived watches anyway: it drops the line.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3995"],
  subject: "vrrpInstance",
  fix: "safe",

  *check({ name, interface: own, trackInterfaces }, { node }) {
    if (own?.value === undefined || node.configuration === undefined) return;
    for (const { name: tracked, item, weight } of trackInterfaces) {
      if (tracked.value !== own.value) continue;
      const block = item.parent;
      const whole = block !== undefined && block.items.length === 1 ? block : item;
      yield {
        at: tracked.site,
        message: `${name.value} tracks its own interface ${own.value}: keepalived drops the line${weight === undefined ? "" : " and its weight"}, for it watches that interface anyway`,
        notes: [{ message: "its interface", at: own.site }],
        fixes: fixWith("Remove it", "safe", removeItem(node.configuration.source, whole)),
      };
    }
  },
});
