import { castOf, sourcesOf } from "../../model/cluster/cast.ts";
import { lackingPeers } from "../../model/cluster/unicast.ts";
import { hearing, peerName } from "../../model/cluster/pairs.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "unicast-peer-not-reciprocal",
  summary: "A node that is missing in its peer's `unicast_peer` hears nothing from it, and becomes master beside it.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/unicast-one-way", "test/observed/unicast-master-omits-backup", "test/observed/unicast-one-of-three-omitted"],
  seen: { metrics: [["advert_rcvd", "stands still on a node while another one sends"]] },
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      for (const { member, missing, strangers } of lackingPeers(members)) {
        const cast = castOf(member);
        const [first] = missing;
        if (cast?.kind !== "unicast" || first === undefined) continue;
        const addresses = missing.flatMap((other) => sourcesOf(other)?.[0] ?? []);
        const names = list(missing.map((other) => peerName(other, member)));
        yield {
          at: strangers.length === 1 && missing.length === 1 ? strangers[0]!.site : cast.site,
          message: `unicast_peer of ${member.instance.name.value} on ${member.node.name} lacks ${list(addresses)} (${names}): while ${member.node.name} is master, ${names} ${missing.length === 1 ? "hears" : "hear"} nothing and ${missing.length === 1 ? "becomes" : "become"} master as well`,
          notes: [
            ...missing.map((other) => ({
              message: `the address of ${other.node.name}`,
              at: other.instance.unicastSource?.site ?? other.instance.name.site,
            })),
            ...strangers.map(({ address, site }) => ({ message: `${address} is no address of a known node`, at: site })),
          ],
          nodes: [member.node, ...missing.map(({ node }) => node)],
        };
      }
    }
  },
});
