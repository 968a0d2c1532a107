import { fixWith, insertAt } from "../../analysis/edits.ts";
import { endOf } from "../../analysis/places.ts";
import { defineRule } from "../../analysis/rule.ts";
import { lacks } from "../../model/node/lost.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "vmac-unicast-needs-xmit-base",
  summary: "Unicast with `use_vmac` needs `vmac_xmit_base`: keepalived sets it, and complains.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:467"],
  subject: "vrrpInstance",
  fix: "safe",

  *check({ item, name, unicastPeers, interface: device }, { node }) {
    const vmac = one(item, "use_vmac");
    if (vmac === undefined || unicastPeers.length === 0 || device === undefined || node.configuration === undefined) return;
    if (!lacks(node.configuration, item, "vmac_xmit_base")) return;
    const { site, keyword, args } = vmac;
    const indentation = node.configuration.source.indentation(site);
    const literal = [keyword, ...args].every((word) => word.literal);
    yield {
      at: endOf(item),
      message: `use_vmac with unicast peers in ${name.value} needs vmac_xmit_base: keepalived sets it by itself, with a complaint`,
      notes: [{ message: "use_vmac stands here", at: keyword.site }],
      fixes:
        indentation === undefined || !literal
          ? []
          : fixWith("Add vmac_xmit_base", "safe", [insertAt(site.file, site.span.end, `\n${indentation}vmac_xmit_base`)]),
    };
  },
});
