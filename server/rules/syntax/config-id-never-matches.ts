import type { Condition } from "../../../grammar/keepalived/expand.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { NodeModel } from "../../model/cluster/model.ts";

export default defineRule({
  id: "config-id-never-matches",
  summary: "An `@id` that is the configuration id of no node: its lines are never read.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:2895",
    "keepalived v2.4.3 keepalived/core/main.c:2563",
    "measured: definitions are not replaced in an id, and the default id ends at the first dot of the host name",
  ],
  subject: "cluster",

  *check({ nodes }) {
    const known = knownIds(nodes);
    const told = new Set<string>();
    for (const { configuration } of nodes)
      for (const condition of configuration?.expansion.conditions ?? []) {
        const { site } = condition;
        const key = `${site.file} ${site.span.start}`;
        if (told.has(key)) continue;
        told.add(key);
        yield* judge(condition, known);
      }
  },
});

function* judge({ id, negated, site }: Condition, known: readonly string[]): Generator<RuleFinding> {
  const written = `@${negated ? "^" : ""}${shown(id)}`;
  const effect = negated ? "its lines are read on every node" : "its lines are never read";
  if (id === "") yield { at: site, message: `${written} names no configuration id: ${effect}` };
  else if (id.includes("$"))
    yield { at: site, message: `${written} is compared as it stands, definitions are not replaced in it: ${effect}` };
  else if (known.length > 0 && !known.includes(id))
    yield { at: site, message: `${written} is the configuration id of no node, they are ${list(known)}: ${effect}` };
  else if (id.includes(".") && !/^[\d.]+$/u.test(id))
    yield {
      at: site,
      severity: "info",
      message: `${written} matches only when keepalived is started with -i ${shown(id)}: by default the id is the host name up to its first dot`,
    };
}

/** The nodes' ids, where every node has a copy of its own in a folder that is named after its id. */
const knownIds = (nodes: readonly NodeModel[]): readonly string[] => {
  const keepalived = nodes.filter(({ configuration }) => configuration !== undefined);
  const ids = keepalived.flatMap(({ configuration }) => {
    const id = configuration?.configId;
    return id !== undefined && configuration?.file.split("/").includes(id) === true ? [id] : [];
  });
  return ids.length > 1 && ids.length === keepalived.length ? [...new Set(ids)].toSorted() : [];
};
