import { defineRule } from "../../analysis/rule.ts";
import { isStrict, vrrpVersion } from "../../model/node/defaults.ts";
import { lacks } from "../../model/node/lost.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "missing-vip",
  summary: "A vrrp_instance without virtual_ipaddress: with version 3 or in strict mode keepalived ends, else nothing moves.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:4290", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4295"],
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { configuration } = node;
    const { item, name } = instance;
    const lists = all(item, "virtual_ipaddress");
    if (configuration === undefined || lists.some(({ items }) => items.length > 0) || all(item, "no_virtual_ipaddress").length > 0) return;
    // An empty list counts as none.
    if (configuration.damage().cut.has(item)) return;
    const others = item.items.filter((child) => child.kind !== "block" || child.close === undefined || !lists.includes(child));
    if (!lacks(configuration, { ...item, items: others }, "virtual_ipaddress")) return;
    const fatal = vrrpVersion(configuration, instance) === 3 || isStrict(configuration, instance) === true;
    yield {
      at: (lists[0] ?? item).keyword.site,
      message: `vrrp_instance ${name.value} has no virtual address: ${fatal ? "version 3 and strict mode need one, and keepalived ends" : "no address moves when it fails over"}`,
      severity: fatal ? "error" : "warning",
    };
  },
});
