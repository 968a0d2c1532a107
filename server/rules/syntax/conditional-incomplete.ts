import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import { initialState } from "../../model/node/defaults.ts";
import { lacks } from "../../model/node/lost.ts";
import type { VrrpInstance } from "../../model/node/model.ts";
import { one } from "../../model/node/settings.ts";

/** Statements that keepalived does without in silence. What it misses with an error is told as that. */
const silent = {
  priority: "it takes 100",
  unicast_src_ip: "it takes the first address of the interface",
  unicast_peer: "it sends by multicast",
} as const;

export default defineRule({
  id: "conditional-incomplete",
  summary: "With `@id` lines, one of the configuration ids is left without a statement that all others have.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2895", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3303"],
  subject: "cluster",

  *check({ nodes }) {
    const readings = new Map<string, NodeModel[]>();
    for (const node of nodes) {
      const { configuration } = node;
      if (configuration === undefined || configuration.expansion.conditions.length === 0) continue;
      readings.set(configuration.file, [...(readings.get(configuration.file) ?? []), node]);
    }
    for (const same of readings.values()) {
      if (same.length < 2) continue;
      const named = new Map(
        same.map((node) => [node, new Map(node.configuration!.instances.map((instance) => [instance.name.value, instance]))]),
      );
      const instanceIn = (node: NodeModel, { name }: VrrpInstance): VrrpInstance | undefined => named.get(node)?.get(name.value);
      for (const node of same)
        for (const instance of node.configuration!.instances)
          for (const [keyword, effect] of Object.entries(silent)) {
            const others = same.filter((other) => other !== node).map((other) => ({ other, found: instanceIn(other, instance) }));
            if (!lacks(node.configuration!, instance.item, keyword) || others.some(({ found }) => found === undefined)) continue;
            // With state MASTER a missing priority means 255, which is told by itself.
            if (keyword === "priority" && initialState(instance) !== "BACKUP") continue;
            const having = others.flatMap(({ other, found }) => {
              const item = found === undefined ? undefined : one(found.item, keyword);
              return item === undefined ? [] : [{ id: idOf(other), at: item.keyword.site }];
            });
            if (having.length < others.length) continue;
            yield {
              at: instance.item.keyword.site,
              message: `${keyword} of ${shown(instance.name.value)} is missing for ${idOf(node)}: only ${list(having.map(({ id }) => id))} ${having.length === 1 ? "has" : "have"} a line for it, and ${effect}`,
              notes: having.map(({ id, at }) => ({ message: `written for ${id} here`, at })),
              nodes: [node],
            };
          }
    }
  },
});

const idOf = ({ configuration, name }: NodeModel): string =>
  configuration?.configId === undefined ? `${name} (no @id)` : `@${configuration.configId}`;
