import type { Member } from "../../model/cluster/model.ts";
import { hearing, peerNames } from "../../model/cluster/pairs.ts";
import { basePriority } from "../../model/node/defaults.ts";
import { defineRule, type Given } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";

export default defineRule({
  id: "address-owner-on-two-nodes",
  summary: "Two nodes with priority 255: each claims to own the address, and its place depends on who starts when.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/two-owners", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:2412"],
  seen: {
    log: ["CONFIGURATION ERROR: local instance and"],
    metrics: [["state", "is 2 (MASTER) on more than one node for the same address"]],
  },
  subject: "virtualRouter",

  *check(router, given) {
    for (const members of hearing(router)) {
      const owners = members.filter(({ instance }) => basePriority(instance) === 255);
      const [first, ...others] = owners.filter((member, index) => owners.findIndex(({ node }) => node === member.node) === index);
      const second = others[0];
      if (first === undefined || second === undefined) continue;
      const rest = [first, ...others.slice(1)];
      yield {
        at: placeOf(second),
        message: `priority of ${second.instance.name.value} is ${written(second)}, as on ${peerNames(rest, second)}: only one node can own an address, ${consequence(given)}`,
        notes: rest.map((member) => ({ message: `${written(member)} on ${member.node.name}`, at: placeOf(member) })),
        nodes: [first, ...others].map(({ node }) => node),
      };
    }
  },
});

const placeOf = ({ instance }: Member) => instance.priority?.site ?? instance.state?.site ?? instance.name.site;

const written = ({ instance }: Member): string => (instance.priority === undefined ? "255 (state MASTER without priority)" : "255");

const consequence = (given: Given): string => {
  const lowers = "the first to hear the other lowers itself to 254";
  const compares = "the higher own IP address gets it whenever it runs";
  if (!given.versionStated) return `up to keepalived 2.3.2 ${lowers}, from 2.3.3 ${compares}`;
  return isFrom(given, "2.3.3") ? compares : lowers;
};
