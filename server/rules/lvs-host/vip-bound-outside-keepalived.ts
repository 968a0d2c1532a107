import { valueOf } from "../../model/effects/known.ts";
import { addressOf, isQuietDevice, isRunByDaemon, managedAddresses } from "../../model/cluster/facts.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "vip-bound-outside-keepalived",
  summary: "A script puts a virtual address on an interface beside keepalived: the machine owns it whatever VRRP says.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "Linux net/ipv4/arp.c: a host answers for every address it has",
    "measured: with the address bound by hand on both nodes, both answer for it, whoever is master",
  ],
  subject: "script",

  *check({ file, effects }, { node, cluster }) {
    // Scripts of the daemon's own events bind addresses when VRRP says so.
    if (cluster.nodes.some((other) => isRunByDaemon(other, file))) return;
    const managed = managedAddresses(cluster, node);
    if (managed.size === 0) return;
    for (const effect of effects.effects) {
      if (effect.kind !== "address" || effect.action !== "bind") continue;
      const device = valueOf(effect.device);
      const address = addressOf(effect);
      const owner = address === undefined ? undefined : managed.get(address);
      if (device === undefined || owner === undefined || isQuietDevice(device)) continue;
      const label = valueOf(effect.label) ?? device;
      yield {
        at: effect.site,
        message: `this puts ${address}, which ${owner.instance.name.value} moves between the nodes, on ${label}: the machine then owns it whatever VRRP says`,
        notes: [
          { message: `${owner.node === node ? "keepalived" : owner.node.name} manages it here`, at: owner.site },
          ...(effect.path.length > 0 && effect.path[0]!.kind === "branch" && effect.path[0]!.values !== undefined
            ? [{ message: `it happens on ${effect.path[0]!.values.join(" and ")}` }]
            : []),
        ],
      };
    }
  },
});
