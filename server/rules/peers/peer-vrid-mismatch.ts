import type { Member } from "../../model/cluster/model.ts";
import { deviations, peerName } from "../../model/cluster/pairs.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "peer-vrid-mismatch",
  summary: "Nodes with one virtual address but different VRIDs never hear each other, and all of them hold the address.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/vrid-mismatch"],
  seen: {
    metrics: [
      ["state", "is 2 (MASTER) on more than one node for the same address"],
      ["advert_rcvd", "stands still on a node while another one sends"],
    ],
  },
  subject: "virtualRouter",

  *check({ members }) {
    const found = deviations(
      members,
      ({ instance }) => instance.virtualRouterId?.value,
      (a, b) => a === b,
    );
    for (const { member, value, expected, agreeing } of found) {
      const other = agreeing.find((one) => one.node !== member.node && sharedAddress(one, member) !== undefined);
      const site = member.instance.virtualRouterId?.site;
      if (other === undefined || site === undefined) continue;
      yield {
        at: site,
        message:
          `virtual_router_id of ${member.instance.name.value} is ${value}, but ${peerName(other, member)} uses ${expected} ` +
          `for ${sharedAddress(other, member)}: they never hear each other, and both hold the address`,
        notes: [{ message: `${expected} on ${other.node.name}`, ...placeOf(other) }],
        nodes: [member.node, other.node],
      };
    }
  },
});

const placeOf = ({ instance }: Member) => (instance.virtualRouterId === undefined ? {} : { at: instance.virtualRouterId.site });

const addressesOf = ({ instance }: Member): readonly string[] =>
  [...instance.virtualAddresses, ...instance.excludedAddresses].flatMap(({ address }) => address ?? []);

/** Without a common address two VRIDs are simply two virtual routers. */
const sharedAddress = (a: Member, b: Member): string | undefined => {
  const there = addressesOf(b);
  return addressesOf(a).find((address) => there.includes(address));
};
