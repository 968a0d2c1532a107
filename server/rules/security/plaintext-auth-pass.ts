import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { defineRule } from "../../analysis/rule.ts";
import { passwordUses } from "../../model/cluster/passwords.ts";

export default defineRule({
  id: "plaintext-auth-pass",
  summary: "`auth_pass` travels in plain text in every advert: it tells clusters apart, and protects nothing.",
  severity: "info",
  since: "0.1.0",
  sources: ["RFC 2338 section 10.2", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1503"],
  subject: "cluster",

  *check(cluster, { version }) {
    for (const { first, others, nodes, trivial } of passwordUses(cluster)) {
      // A password everybody knows protects nothing either, and is told as that.
      if (trivial) continue;
      const better = compareVersions(version, "2.4.0") < 0 ? "unicast peers and a firewall" : "auth_hmac";
      yield {
        at: first.site,
        message: `auth_pass of ${first.instance.name.value} can be read in every advert on the segment: it protects from mistakes, not from anyone who listens`,
        notes: [
          ...others.map(({ node, site }) => ({ message: `also on ${node.name}`, at: site, alike: true as const })),
          { message: `what protects: ${better}` },
        ],
        nodes,
      };
    }
  },
});
