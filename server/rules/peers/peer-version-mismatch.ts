import type { Site } from "../../../grammar/text.ts";
import type { Member } from "../../model/cluster/model.ts";
import { deviations, isWhole, peerName, sharingVrid } from "../../model/cluster/pairs.ts";
import { familyOf, vrrpVersion } from "../../model/node/defaults.ts";
import { hasUnreadIncludes } from "../../model/node/lost.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "peer-version-mismatch",
  summary: "Nodes that speak different VRRP versions drop each other's adverts, and all of them become master.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/version-mismatch", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3270"],
  seen: {
    log: ["wrong version. Received 3 and expect 2", "wrong VRRP version from"],
    metrics: [
      ["state", "is 2 (MASTER) on more than one node for the same address"],
      ["advert_rcvd", "stands still on a node while another one sends"],
    ],
  },
  subject: "virtualRouter",

  *check(router) {
    for (const members of sharingVrid(router)) {
      for (const { member, value, reference, expected } of deviations(members, versionOf, (a, b) => a === b)) {
        // An IPv6 instance speaks version 3: the family is the cause, and told as that.
        if (familyOf(member.instance) !== familyOf(reference.instance)) continue;
        yield {
          at: placeOf(member),
          message: `${member.instance.name.value} speaks VRRP version ${value}, ${peerName(reference, member)} version ${expected}: each node drops the other's adverts, and both become master`,
          notes: [
            {
              message: `version ${expected}${isWritten(reference) ? "" : " (the default)"} on ${reference.node.name}`,
              at: placeOf(reference),
            },
          ],
          nodes: [member.node, reference.node],
        };
      }
    }
  },
});

/** Undefined where an unread file may state another. */
const versionOf = (member: Member): 2 | 3 | undefined => {
  if (!isWritten(member) && (!isWhole(member) || hasUnreadIncludes(member.configuration))) return undefined;
  return vrrpVersion(member.configuration, member.instance);
};

const isWritten = ({ configuration, instance }: Member): boolean =>
  instance.version !== undefined || configuration.global.vrrpVersion !== undefined;

const placeOf = ({ configuration, instance }: Member): Site =>
  instance.version?.site ?? configuration.global.vrrpVersion?.site ?? instance.name.site;
