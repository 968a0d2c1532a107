/** Facts about clusters in words, for people: used by the pretty report and by `kalint doctor`. */
import type { LeftOut } from "../analysis/fixing.ts";
import type { ClusterModel, NodeModel, PeerReason } from "../model/cluster/model.ts";

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** The first few of a list and how many more there are. */
export const few = (items: readonly string[], most = 4): string =>
  items.length <= most + 1 ? items.join(", ") : `${items.slice(0, most).join(", ")} and ${items.length - most} more`;

export const withKeepalived = ({ nodes }: ClusterModel): readonly NodeModel[] =>
  nodes.filter(({ configuration }) => configuration !== undefined);

export const withoutKeepalived = ({ nodes }: ClusterModel): readonly NodeModel[] =>
  nodes.filter(({ configuration }) => configuration === undefined);

/** Why nodes are taken for peers: "db1 and db2 both list 10.0.0.100"; empty for a single node. */
export const peersInWords = ({ links }: ClusterModel): readonly string[] => {
  const seen = new Map<string, { readonly reason: PeerReason; readonly nodes: Set<string> }>();
  for (const { nodes, reason } of links) {
    const key = JSON.stringify([
      reason.kind,
      reason.kind === "shared-address" ? reason.address : reason.kind === "same-vrid" ? reason.vrid : "",
    ]);
    const known = seen.get(key) ?? { reason, nodes: new Set<string>() };
    for (const { name } of nodes) known.nodes.add(name);
    seen.set(key, known);
  }
  return [...seen.values()].map(({ reason, nodes }) => {
    const names = [...nodes];
    const who = names.length === 2 ? names.join(" and ") : few(names);
    const all = names.length === 2 ? "both" : "all";
    switch (reason.kind) {
      case "stated":
        return `${who}: stated in kalint.toml`;
      case "shared-address":
        return `${who} ${all} list ${reason.address}`;
      case "unicast-peers":
        return `${who} list each other as unicast peers`;
      case "same-vrid":
        return `${who} ${all} use virtual_router_id ${reason.vrid} and lie side by side`;
    }
  });
};

/** Fixes that a run left out: one clause for those that would do harm, one for those that undo each other. */
export const leftOutInWords = (leftOut: readonly LeftOut[]): readonly string[] => {
  const clause = (kind: LeftOut["because"]["kind"], why: (some: readonly LeftOut[]) => string): readonly string[] => {
    const some = leftOut.filter(({ because }) => because.kind === kind);
    const rules = [...new Set(some.map(({ finding }) => finding.rule))];
    return some.length === 0 ? [] : [`${plural(some.length, "fix", "fixes")} left out, of ${rules.join(", ")}: ${why(some)}`];
  };
  return [
    ...clause("newError", (some) => {
      const errors = [...new Set(some.flatMap(({ because }) => (because.kind === "newError" ? (because.error?.rule ?? []) : [])))];
      return `${some.length === 1 ? "it" : "each"} would make a new error${errors.length === 0 ? "" : `, ${errors.join(", ")}`}`;
    }),
    ...clause("undone", (some) => (some.length === 1 ? "another fix would undo it" : "they would undo each other")),
  ];
};
