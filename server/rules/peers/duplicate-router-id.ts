import type { NodeModel } from "../../model/cluster/model.ts";
import { isSampleRouterId } from "../../model/node/sample.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "duplicate-router-id",
  summary: "Nodes with one `router_id`: VRRP does not care, but alerts and SNMP no longer say which node they come from.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/core/smtp.c:615", "measured: one router_id on both nodes, keepalived 2.2.7 and 2.4.3"],
  subject: "cluster",

  *check({ nodes }) {
    const byId = new Map<string, NodeModel[]>();
    for (const node of nodes) {
      const id = node.configuration?.global.routerId?.value;
      // The sample's own name is told on every node that has it.
      if (id !== undefined && !isSampleRouterId(id)) byId.set(id, [...(byId.get(id) ?? []), node]);
    }
    for (const [id, [first, ...others]] of byId) {
      const [second] = others;
      const site = second?.configuration?.global.routerId?.site;
      if (first === undefined || second === undefined || site === undefined) continue;
      const rest = [first, ...others.slice(1)];
      yield {
        at: site,
        message: `router_id ${shown(id)} of ${second.name} is that of ${list(rest.map(({ name }) => name))} as well: mails and SNMP do not tell which node they are about`,
        notes: rest.map((node) => ({ message: `the same on ${node.name}`, at: node.configuration!.global.routerId!.site })),
        nodes: [first, ...others],
      };
    }
  },
});
