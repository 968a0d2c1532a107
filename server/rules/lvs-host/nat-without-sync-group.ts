import type { Site } from "../../../grammar/text.ts";
import { valueOf } from "../../model/effects/known.ts";
import { factFiles } from "../../model/cluster/facts.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import { forwardingOf } from "../../model/cluster/lvs.ts";
import type { Configuration, VrrpInstance } from "../../model/node/model.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "nat-without-sync-group",
  summary: "The outer and the inner address of a NAT director can move apart: the instances are in no common sync group.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "measured: without a group an instance whose link is down moves alone, with one all members move",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_sync.c:55",
  ],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const nat = natSite(node, configuration);
    const [first, second] = apart(configuration);
    if (nat === undefined || first === undefined || second === undefined) return;
    yield {
      at: first.name.site,
      message: `${first.name.value} (${first.interface!.value}) and ${second.name.value} (${second.interface!.value}) are in no common sync group: when one moves alone, the answers of the NAT service take the other director`,
      notes: [
        { message: "the other instance", at: second.name.site },
        { message: "NAT: what comes back must pass the director that let it in", at: nat },
      ],
    };
  },
});

/** Where the machine is told to translate: a service of keepalived, or one that a script builds. */
const natSite = (node: NodeModel, configuration: Configuration): Site | undefined => {
  for (const server of configuration.virtualServers)
    for (const real of server.realServers)
      if (forwardingOf(server, real) === "nat") return (real.forwarding ?? server.forwarding)?.site ?? server.service.site;
  for (const { effects } of factFiles(node))
    for (const effect of effects)
      if (effect.kind === "ipvs" && effect.action === "add-server" && valueOf(effect.forwarding) === "nat") return effect.site;
  return undefined;
};

/** Two instances on different interfaces, when no group holds such a pair. A group with a name that leads nowhere was meant to be one. */
const apart = ({ instances, syncGroups }: Configuration): readonly VrrpInstance[] => {
  const placed = instances.filter((instance) => instance.interface?.value !== undefined);
  if (placed.length < instances.length) return [];
  for (const { members } of syncGroups) {
    const held = members.map(({ value }) => instances.find(({ name }) => name.value === value));
    if (held.includes(undefined) || new Set(held.map((instance) => instance?.interface?.value)).size > 1) return [];
  }
  const [first] = placed;
  const other = placed.find((instance) => instance.interface!.value !== first!.interface!.value);
  return first === undefined || other === undefined ? [] : [first, other];
};
