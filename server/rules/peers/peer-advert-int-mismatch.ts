import type { Member } from "../../model/cluster/model.ts";
import { deviations, hearing, isWhole, peerName } from "../../model/cluster/pairs.ts";
import { advertInterval, vrrpVersion } from "../../model/node/defaults.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "peer-advert-int-mismatch",
  summary: "Nodes with different advert intervals: with version 2 all become master, with version 3 failover times vary.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/advert-int-v2", "test/observed/advert-int-v2-rounded", "test/observed/advert-int-v3"],
  seen: {
    log: ["advertisement interval mismatch"],
    metrics: [
      ["advert_interval_err", "stays 0 all the same: keepalived 2.4.3 counts it nowhere"],
      ["state", "is 2 (MASTER) on more than one node for the same address"],
    ],
  },
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      for (const { member, value, reference, expected } of deviations(members, intervalOf, (a, b) => a.seconds === b.seconds)) {
        const { name, advertInterval: setting } = member.instance;
        const difference = `advert_int of ${name.value} is ${shown(member, value)}, ${peerName(reference, member)} has ${shown(reference, expected)}`;
        const theirs = reference.instance.advertInterval;
        yield {
          at: setting?.site ?? name.site,
          message:
            value.version === 2
              ? `${difference}: with VRRP version 2 each node drops the other's adverts, and both become master`
              : `${difference}: a failure is noticed after ${threeOf(expected)} s while ${reference.node.name} is in charge and after ${threeOf(value)} s while ${member.node.name} is`,
          severity: value.version === 2 ? "error" : "warning",
          notes: [
            {
              message:
                theirs === undefined ? `${reference.node.name} writes no advert_int, so it is 1` : `advert_int on ${reference.node.name}`,
              at: theirs?.site ?? reference.instance.name.site,
            },
          ],
          nodes: [member.node, reference.node],
        };
      }
    }
  },
});

/** A backup takes over after three of the master's intervals, and a little more. */
const threeOf = ({ seconds }: Interval): number => Math.round(seconds * 300) / 100;

interface Interval {
  /** As sent, rounded as the version demands. */
  readonly seconds: number;
  readonly version: 2 | 3;
}

const intervalOf = (member: Member): Interval | undefined => {
  const { configuration, instance } = member;
  const version = vrrpVersion(configuration, instance);
  const seconds = advertInterval(configuration, instance);
  if (version === undefined || seconds === undefined) return undefined;
  return instance.advertInterval === undefined && !isWhole(member) ? undefined : { seconds, version };
};

const shown = ({ instance }: Member, { seconds }: Interval): string => {
  if (instance.advertInterval === undefined) return `${seconds} (the default)`;
  const { value } = instance.advertInterval;
  return value === seconds ? `${seconds}` : `${seconds} (${value} rounded)`;
};
