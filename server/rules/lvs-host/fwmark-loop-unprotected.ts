import { marksOf, markText, type MarkRule } from "../../model/cluster/marks.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import { mutualServices } from "../../model/cluster/mutual.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect } from "../../model/effects/types.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "fwmark-loop-unprotected",
  summary: "Two directors are each other's real servers, and a mark rule also marks what the peer forwards: packets bounce between them.",
  severity: "warning",
  since: "0.1.0",
  sources: ["Linux net/netfilter/ipvs/ip_vs_core.c: a packet with the mark is looked up again, wherever it comes from"],
  subject: "cluster",

  *check(cluster) {
    const told = new Set<string>();
    for (const { nodes, services, servers } of mutualServices(cluster)) {
      const { key } = services[0];
      if (key.kind !== "fwmark") continue;
      for (const [index, node] of nodes.entries()) {
        const marks = marksOf(node);
        const own = marks.rules.filter(({ effect, reach }) => reach === "seen" && valueOf(effect.mark) === key.mark);
        const open = own.find(isOpen);
        if (!marks.complete || open === undefined || own.some((rule) => !isOpen(rule)) || exempts(node)) continue;
        const place = `${open.effect.site.file} ${open.effect.site.span.start}`;
        if (told.has(place)) continue;
        told.add(place);
        const peer = nodes[1 - index]!;
        yield {
          at: open.effect.site,
          message: `mark ${markText(key.mark)} is also set on what ${peer.name} forwards to ${node.name}: both are real servers of the service, and its packets bounce between them`,
          notes: [
            { message: `${peer.name} hands packets to ${node.name}`, at: servers[1 - index]!.address.site },
            { message: `-m mac ! --mac-source with the MAC of ${peer.name} leaves them out` },
          ],
          nodes: [node],
        };
      }
    }
  },
});

/** Nothing narrows the rule to packets of clients. */
const isOpen = ({ effect: { match } }: MarkRule): boolean =>
  match.macSource === undefined &&
  match.source === undefined &&
  match.inInterface === undefined &&
  match.states === undefined &&
  match.other.length === 0;

/** A rule for the peer's MAC, or any rule that ends the way of some packets in the same place, may leave the peer out. */
const exempts = (node: NodeModel): boolean => marksOf(node).files.some(({ effects }) => effects.some(mayExempt));

const mayExempt = (effect: Effect): boolean => {
  if (effect.kind === "mark") return effect.match.macSource !== undefined || valueOf(effect.mark) === 0;
  if (effect.kind === "run") return /arptables|ebtables/u.test(valueOf(effect.name) ?? "");
  const chain = effect.kind === "firewall" ? valueOf(effect.chain) : undefined;
  const target = effect.kind === "firewall" ? valueOf(effect.target) : undefined;
  return (
    effect.kind === "firewall" &&
    effect.action !== "policy" &&
    (effect.match.macSource !== undefined || (chain === "PREROUTING" && (target === "ACCEPT" || target === "RETURN")))
  );
};
