import { castOf } from "../../model/cluster/cast.ts";
import type { Member } from "../../model/cluster/model.ts";
import { hearing } from "../../model/cluster/pairs.ts";
import { unicastLists } from "../../model/cluster/unicast.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "unicast-peer-unknown",
  summary: "An address in `unicast_peer` that is no known node's: a typing mistake, or a node whose configuration was not read.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/unicast-one-way", "measured: unicast adverts to an address that nobody has, keepalived 2.2.7 and 2.4.3"],
  subject: "cluster",

  *check({ virtualRouters, nodes }) {
    const told = new Set<string>();
    const once = (finding: RuleFinding, key: string): readonly RuleFinding[] => {
      if (told.has(key)) return [];
      told.add(key);
      return [finding];
    };
    const known = new Set(nodes.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
    for (const router of virtualRouters) {
      for (const members of hearing(router)) {
        for (const { member, missing, strangers } of unicastLists(members)) {
          // Where a node is missing as well, the one is written for the other, and told as that.
          if (missing.length > 0) continue;
          for (const { address, site } of strangers)
            yield* once(
              {
                at: site,
                message: `${address} in unicast_peer of ${member.instance.name.value} is no address of ${list(
                  members.filter(({ node }) => node !== member.node).map(({ node }) => node.name),
                  "or",
                )}: adverts to it go nowhere, or its node is missing here`,
                nodes: [member.node],
              },
              `${member.node.name} ${address}`,
            );
        }
      }
      const [only] = router.members;
      if (router.members.length === 1 && only !== undefined) yield* alone(only, known, once);
    }
  },
});

/** The only node in the tree: its peers' configurations were not given. */
function* alone(
  member: Member,
  known: ReadonlySet<string>,
  once: (finding: RuleFinding, key: string) => readonly RuleFinding[],
): Generator<RuleFinding> {
  const cast = castOf(member);
  if (cast?.kind !== "unicast") return;
  const peers = cast.peers.filter(({ address }) => !known.has(address));
  const [first] = peers;
  if (first === undefined) return;
  const addresses = list(
    peers.map(({ address }) => address),
    "and",
    3,
  );
  yield* once(
    {
      at: first.site,
      severity: "info",
      message: `the configuration of ${addresses}, to which ${member.instance.name.value} sends its adverts, was not found: whether the nodes agree was not judged`,
      nodes: [member.node],
    },
    `${member.node.name} ${addresses}`,
  );
}
