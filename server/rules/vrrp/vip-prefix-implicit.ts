import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "vip-prefix-implicit",
  summary: "A virtual address without prefix length gets that of a single host, not that of its interface.",
  severity: "style",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:405"],
  off: true,
  subject: "vrrpInstance",
  fix: "review",

  *check({ name, virtualAddresses, excludedAddresses }) {
    for (const { family, prefix, site, text, item } of [...virtualAddresses, ...excludedAddresses]) {
      if (family === undefined || prefix !== undefined || text.includes("/")) continue;
      // A peer's prefix counts for the pair.
      if (item.args.some(({ value }) => value === "peer")) continue;
      const host = family === 4 ? 32 : 128;
      const replacement = item.keyword.quoted ? `"${text}/${host}"` : `${text}/${host}`;
      yield {
        at: site,
        message: `${text} of ${name.value} has no prefix length: keepalived takes /${host}`,
        fixes: item.keyword.literal ? fixWith(`Write /${host}`, "review", [{ at: site, replacement }]) : [],
      };
    }
  },
});
