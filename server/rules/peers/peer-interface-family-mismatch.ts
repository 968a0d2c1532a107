import type { ClusterModel, Member } from "../../model/cluster/model.ts";
import { isWhole, peerName, sharingVrid } from "../../model/cluster/pairs.ts";
import { familyReading } from "../../model/node/family.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "peer-interface-family-mismatch",
  summary: "One virtual router in IPv4 here and in IPv6 there: the nodes do not read each other's adverts.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/families-differ", "keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1235"],
  subject: "cluster",

  *check(cluster) {
    for (const members of [...cluster.virtualRouters.flatMap(sharingVrid), ...namesakes(cluster)]) {
      const [reference, ...others] = members.filter((member) => isWhole(member) && holdsOwnFamily(member));
      const member = others.find((other) => other.node !== reference!.node && familyOf(other) !== familyOf(reference!));
      if (reference === undefined || member === undefined) continue;
      const [here, there] = [familyReading(member.instance.item).by!, familyReading(reference.instance.item).by!];
      yield {
        at: here.word.site,
        message: `${shown(here.word.value)} makes ${member.instance.name.value} an IPv${here.family} instance, on ${peerName(reference, member)} it is IPv${there.family}: they do not read each other's adverts`,
        notes: [{ message: `${shown(there.word.value)} comes first on ${reference.node.name}`, at: there.word.site }],
        nodes: [member.node, reference.node],
      };
    }
  },
});

/** Without an address of the family that was fixed the node's own statements contradict each other. */
const holdsOwnFamily = ({ instance }: Member): boolean => {
  const { by, family } = familyReading(instance.item);
  return by !== undefined && instance.virtualAddresses.some((one) => one.family === family);
};

const familyOf = ({ instance }: Member): 4 | 6 | undefined => familyReading(instance.item).family;

/** Instances of one name and VRID that no common address and no family joins: the same router by all that is written of it. */
const namesakes = ({ virtualRouters }: ClusterModel): readonly (readonly Member[])[] => {
  const alone = new Map<string, Member[]>();
  for (const { members, reason } of virtualRouters) {
    const [only] = members;
    const vrid = only?.instance.virtualRouterId?.value;
    if (reason !== "single" || only === undefined || vrid === undefined) continue;
    const key = `${vrid} ${only.instance.name.value}`;
    const list = alone.get(key);
    if (list === undefined) alone.set(key, [only]);
    else list.push(only);
  }
  // A node that has the name in both families has written two routers, and they hear their own kind.
  return [...alone.values()].filter((members) => members.length > 1 && new Set(members.map(({ node }) => node)).size === members.length);
};
