import { defineRule } from "../../analysis/rule.ts";
import { passwordUses } from "../../model/cluster/passwords.ts";

export default defineRule({
  id: "trivial-auth-pass",
  summary: "A password that everybody uses does not even keep another cluster's adverts out.",
  severity: "info",
  since: "0.1.0",
  sources: ["measured: two clusters with one virtual_router_id and one password on a segment, keepalived 2.4.3", "RFC 5798 section 9"],
  subject: "cluster",

  *check(cluster) {
    for (const { first, others, nodes, trivial } of passwordUses(cluster)) {
      if (!trivial) continue;
      yield {
        at: first.site,
        message: `auth_pass of ${first.instance.name.value} is one that every tutorial uses: another cluster with the same virtual_router_id and password takes part in the election`,
        notes: others.map(({ node, site }) => ({ message: `also on ${node.name}`, at: site, alike: true as const })),
        nodes,
      };
    }
  },
});
