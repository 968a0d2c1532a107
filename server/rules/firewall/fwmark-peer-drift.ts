import { defineRule } from "../../analysis/rule.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import { servicesOf } from "../../model/cluster/lvs.ts";
import { markText, marksOf, type MarkRule } from "../../model/cluster/marks.ts";
import { valueOf } from "../../model/effects/known.ts";

export default defineRule({
  id: "fwmark-peer-drift",
  summary: "The directors of a cluster give the mark of one service to different packets: after a failover other connections reach it.",
  severity: "error",
  since: "0.1.0",
  sources: ["Linux net/netfilter/ipvs/ip_vs_core.c: the mark alone decides which service a packet belongs to"],
  subject: "cluster",

  *check(cluster) {
    const directors = cluster.nodes.flatMap((node) => {
      const marks = node.configuration === undefined ? undefined : marksOf(node);
      return marks?.complete === true ? [{ node, rules: coveredBy(node, marks.rules) }] : [];
    });
    for (const [index, { node, rules }] of directors.entries()) {
      for (const other of directors.slice(index + 1)) {
        if (!arePeers(cluster, node, other.node)) continue;
        for (const [mark, own] of rules) {
          const theirs = other.rules.get(mark);
          if (theirs === undefined) continue;
          const [missing] = [...own].filter(([key]) => !theirs.has(key));
          const [extra] = [...theirs].filter(([key]) => !own.has(key));
          if (missing === undefined && extra === undefined) continue;
          const [first, second] = [missing ?? [...own][0]!, extra ?? [...theirs][0]!];
          const message =
            missing !== undefined && extra !== undefined
              ? `mark ${markText(mark)} is given to ${first[0]} on ${node.name} and to ${second[0]} on ${other.node.name}`
              : `mark ${markText(mark)} is given to ${(missing ?? extra!)[0]} on ${missing === undefined ? other.node.name : node.name} only`;
          const [at, there] = missing === undefined ? [second, first] : [first, second];
          yield {
            at: at[1].effect.site,
            message: `${message}: after a failover other connections reach the service`,
            notes: [
              {
                message: missing !== undefined && extra !== undefined ? "the rule of the other director" : "a rule of the other director",
                at: there[1].effect.site,
              },
            ],
            nodes: [node, other.node],
          };
        }
      }
    }
  },
});

const arePeers = ({ links }: ClusterModel, a: NodeModel, b: NodeModel): boolean =>
  links.some(({ nodes }) => nodes.includes(a) && nodes.includes(b));

/** For every mark that a service takes: what its rules cover, by its text. Exceptions for the peer differ by nature. */
const coveredBy = (node: NodeModel, rules: readonly MarkRule[]): ReadonlyMap<number, ReadonlyMap<string, MarkRule>> => {
  const used = new Set(servicesOf(node.configuration!).flatMap(({ key }) => (key.kind === "fwmark" ? [key.mark] : [])));
  const found = new Map<number, Map<string, MarkRule>>();
  const unclear = new Set<number>();
  for (const rule of rules) {
    const mark = valueOf(rule.effect.mark);
    if (mark === undefined || !used.has(mark) || rule.reach !== "seen" || rule.overriddenBy !== undefined) continue;
    const text = covered(rule);
    // Files that both share say the same on both.
    if (text === undefined) unclear.add(mark);
    else for (const one of text) found.set(mark, (found.get(mark) ?? new Map<string, MarkRule>()).set(one, rule));
  }
  for (const mark of unclear) found.delete(mark);
  return found;
};

/** "10.0.0.100 tcp 3306", once per address and port; undefined when a part cannot be known. */
const covered = ({ effect: { match } }: MarkRule): readonly string[] | undefined => {
  const { destination, protocol, destinationPorts } = match;
  if ([destination, protocol, destinationPorts].some((field) => field !== undefined && (field.negated || field.value.kind === "unknown")))
    return undefined;
  const addresses =
    destination === undefined
      ? ["any address"]
      : (valueOf(destination.value) ?? []).map((one) => one.replace(/\/(?:32|128|255\.255\.255\.255)$/u, ""));
  const ports =
    destinationPorts === undefined
      ? [""]
      : (valueOf(destinationPorts.value) ?? []).map(({ from, to }) => ` port ${from === to ? from : `${from}-${to}`}`);
  const name = protocol === undefined ? "" : ` ${valueOf(protocol.value)!}`;
  return addresses.flatMap((address) => ports.map((port) => `${address}${name}${port}`));
};
