import { isCollected } from "../../model/cluster/collected.ts";
import { factFiles, managedAddresses } from "../../model/cluster/facts.ts";
import { sameService, serviceKey, servicesOf, serviceText } from "../../model/cluster/lvs.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import { valueOf } from "../../model/effects/known.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "ipvs-service-without-checker",
  summary: "A service that ipvsadm builds has no health check: connections go on to a real server that is dead.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "ipvsadm 1.31 ipvsadm(8): the kernel does not look whether a real server answers",
    "keepalived v2.4.3 keepalived/check/ipwrapper.c:437",
  ],
  subject: "node",

  *check(node, { cluster }) {
    if (node.configuration === undefined || isWatched(cluster)) return;
    const held = cluster.nodes.flatMap(({ configuration }) => (configuration === undefined ? [] : servicesOf(configuration)));
    const managed = managedAddresses(cluster, node);
    for (const { file, effects } of factFiles(node)) {
      if (isCollected(file)) continue;
      const told = new Set<string>();
      for (const effect of effects) {
        if (effect.kind !== "ipvs" || effect.action !== "add-service") continue;
        const key = serviceKey(effect.service);
        if (key === undefined || told.has(serviceText(key)) || held.some((one) => sameService(one.key, key))) continue;
        told.add(serviceText(key));
        const owner = key.kind === "address" ? managed.get(key.address) : undefined;
        yield {
          at: effect.site,
          message: `nothing checks the real servers of ${serviceText(key)}: a dead one keeps its connections and gets new ones`,
          notes: [
            ...(owner === undefined ? [] : [{ message: `${owner.instance.name.value} moves its address`, at: owner.site }]),
            { message: "a virtual_server of keepalived takes a dead real server out of the table" },
          ],
        };
      }
    }
  },
});

/** Something else takes real servers out: ldirectord, mon, a script that does it itself. */
const isWatched = ({ nodes }: ClusterModel): boolean =>
  nodes.some((node: NodeModel) =>
    factFiles(node).some(({ effects }) =>
      effects.some((effect) => {
        if (effect.kind === "ipvs") return effect.action === "delete-server" || effect.action === "edit-server";
        const name = effect.kind === "service" ? valueOf(effect.unit) : effect.kind === "run" ? valueOf(effect.name) : undefined;
        return name !== undefined && /ldirectord|surealived|(?:^|\/)mon$|pulse|feedbackd/u.test(name);
      }),
    ),
  );
