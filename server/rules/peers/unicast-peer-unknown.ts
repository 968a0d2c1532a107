import { castOf } from "../../model/cluster/cast.ts";
import type { ClusterModel, Member, NodeModel } from "../../model/cluster/model.ts";
import { hearing } from "../../model/cluster/pairs.ts";
import { unicastLists } from "../../model/cluster/unicast.ts";
import { ofMachines } from "../../model/cluster/templates.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "unicast-peer-unknown",
  summary: "An address in `unicast_peer` that is no known node's: a typing mistake, or a node whose configuration was not read.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/unicast-one-way", "measured: unicast adverts to an address that nobody has, keepalived 2.2.7 and 2.4.3"],
  subject: "project",

  *check(project) {
    const clusters = ofMachines(project);
    const known = knownAddresses(clusters);
    for (const cluster of clusters) {
      const told = new Set<string>();
      const once = (finding: RuleFinding, key: string): readonly RuleFinding[] => {
        if (told.has(key)) return [];
        told.add(key);
        return [finding];
      };
      const ofOthers = (address: string): NodeModel | undefined => {
        const owner = known.get(address);
        return owner === undefined || cluster.nodes.includes(owner) ? undefined : owner;
      };
      for (const router of cluster.virtualRouters) {
        for (const members of hearing(router))
          for (const { member, missing, strangers } of unicastLists(members)) {
            // Where a node is missing as well, the one is written for the other, and told as that.
            if (missing.length > 0) continue;
            for (const { address, site } of strangers)
              yield* once(
                { at: site, nodes: [member.node], ...stranger(address, member, members, ofOthers(address)) },
                `${member.node.name} ${address}`,
              );
          }
        const [only] = router.members;
        if (router.members.length === 1 && only !== undefined) yield* alone(only, known, once);
      }
    }
  },
});

/** Who has which address, in the whole tree. */
const knownAddresses = (clusters: readonly ClusterModel[]): ReadonlyMap<string, NodeModel> =>
  new Map(clusters.flatMap(({ nodes }) => nodes.flatMap((node) => node.addresses.map(({ address }) => [address, node] as const))));

/** A node that is in the tree and was not taken for a peer is not missing: which of two versions belongs to whom nobody knows. */
const stranger = (
  address: string,
  { node, instance }: Member,
  members: readonly Member[],
  owner: NodeModel | undefined,
): Pick<RuleFinding, "message" | "severity"> => {
  const others = list(
    members.filter((other) => other.node !== node).map((other) => other.node.name),
    "or",
  );
  return owner === undefined
    ? {
        message: `${address} in unicast_peer of ${instance.name.value} is no address of ${others}: adverts to it go nowhere, or its node is missing here`,
      }
    : {
        severity: "info",
        message: `${address} in unicast_peer of ${instance.name.value} is ${owner.name}, which is grouped with others: whether it agrees with ${node.name} was not judged`,
      };
};

/** The only node in the tree: its peers' configurations were not given. */
function* alone(
  member: Member,
  known: ReadonlyMap<string, NodeModel>,
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
