import type { Member } from "../../model/cluster/model.ts";
import { castOf, type MemberCast } from "../../model/cluster/cast.ts";
import { deviations, hearing, isWhole, peerName } from "../../model/cluster/pairs.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "peer-cast-mismatch",
  summary: "One node sends its adverts by unicast and its peer by multicast: neither hears the other, and both become master.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/cast-mismatch", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:1264"],
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      for (const { member, value, reference, expected } of deviations(members, knownCast, (a, b) => a.kind === b.kind)) {
        yield {
          at: placeOf(member, value),
          message: `${member.instance.name.value} ${clauseOf(value)}, ${peerName(reference, member)} ${clauseOf(expected)}: neither hears the other, and both become master`,
          notes: [{ message: `${reference.node.name} ${clauseOf(expected)}`, at: placeOf(reference, expected) }],
          nodes: [member.node, reference.node],
        };
      }
    }
  },
});

const knownCast = (member: Member): MemberCast | undefined => (isWhole(member) ? castOf(member) : undefined);

const clauseOf = (cast: MemberCast): string =>
  cast.kind === "unicast"
    ? `sends unicast to ${list(
        cast.peers.map(({ address }) => address),
        "and",
        3,
      )}`
    : `sends multicast to ${cast.group}`;

const placeOf = ({ instance }: Member, cast: MemberCast) => cast.site ?? instance.name.site;
