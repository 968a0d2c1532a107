import type { Member } from "../../model/cluster/model.ts";
import { castOf, type MemberCast } from "../../model/cluster/cast.ts";
import { deviations, hearing, isWhole, peerName } from "../../model/cluster/pairs.ts";
import { hasUnreadIncludes } from "../../model/node/lost.ts";
import { familyOf } from "../../model/node/defaults.ts";
import { defineRule } from "../../analysis/rule.ts";

type Multicast = Extract<MemberCast, { readonly kind: "multicast" }>;

export default defineRule({
  id: "peer-mcast-group-mismatch",
  summary: "Nodes that send their adverts to different multicast groups never hear each other, and both become master.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/mcast-group-mismatch"],
  seen: {
    metrics: [
      ["state", "is 2 (MASTER) on more than one node for the same address"],
      ["advert_rcvd", "stands still on a node while another one sends"],
    ],
  },
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      for (const { member, value, reference, expected } of deviations(members, groupOf, (a, b) => a.group === b.group)) {
        // Groups of two families: told as that.
        if (familyOf(member.instance) !== familyOf(reference.instance)) continue;
        yield {
          at: value.site ?? member.instance.name.site,
          message: `adverts of ${member.instance.name.value} go to ${shown(value)}, those of ${peerName(reference, member)} to ${shown(expected)}: neither hears the other, and both become master`,
          notes: [{ message: `${shown(expected)} on ${reference.node.name}`, at: expected.site ?? reference.instance.name.site }],
          nodes: [member.node, reference.node],
        };
      }
    }
  },
});

/** Undefined where an unread file may set another. */
const groupOf = (member: Member): Multicast | undefined => {
  if (!isWhole(member)) return undefined;
  const cast = castOf(member);
  if (cast?.kind !== "multicast") return undefined;
  return cast.site === undefined && hasUnreadIncludes(member.configuration) ? undefined : cast;
};

const shown = ({ group, site }: Multicast): string => (site === undefined ? `${group} (the default)` : group);
