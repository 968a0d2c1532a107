import type { Site } from "../../../grammar/text.ts";
import { servicesOf } from "../../model/cluster/lvs.ts";
import { markText, marksOf } from "../../model/cluster/marks.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import { valueOf } from "../../model/effects/known.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "mark-excludes-wrong-peer",
  summary: "The mark rule leaves out a MAC address that no other director has: what the peer forwards is balanced again.",
  severity: "warning",
  since: "0.1.0",
  sources: ["iptables v1.8.9 iptables-extensions(8), mac: the sender of the frame, which for a forwarded packet is the director"],
  subject: "node",

  *check(node, { cluster }) {
    if (node.configuration === undefined) return;
    const used = new Set(servicesOf(node.configuration).flatMap(({ key }) => (key.kind === "fwmark" ? [key.mark] : [])));
    const peers = cluster.nodes.filter((other) => other !== node && other.configuration !== undefined);
    const known = peers.map(macsOf);
    // One peer of which nothing is known may be the one that is meant.
    if (peers.length === 0 || known.some((macs) => macs.length === 0)) return;
    const theirs = known.flat();
    const excepted = marksOf(node).rules.filter(
      ({ effect }) => effect.match.macSource?.negated === true && used.has(valueOf(effect.mark) ?? -1),
    );
    const told = new Set<string>();
    for (const { effect } of excepted) {
      const { value } = effect.match.macSource!;
      const mac = valueOf(value);
      if (mac === undefined || theirs.includes(mac) || told.has(keyOf(value.site))) continue;
      told.add(keyOf(value.site));
      const own = macsOf(node).includes(mac);
      yield {
        at: value.site,
        message: `${mac} is ${own ? `${node.name}'s own MAC` : "no MAC of another director"}: what ${peers.map(({ name }) => name).join(" and ")} forwards gets mark ${markText(valueOf(effect.mark)!)} again; ${theirs.join(" or ")} would be left out`,
        notes: peers.flatMap((peer) => noteFor(peer)),
      };
    }
  },
});

const keyOf = ({ file, span }: Site): string => `${file} ${span.start}`;

const macsOf = ({ interfaces }: NodeModel): readonly string[] =>
  [...(interfaces ?? new Map<string, { readonly mac?: string }>()).values()].flatMap(({ mac }) =>
    mac === undefined ? [] : mac.toLowerCase(),
  );

const noteFor = ({ name, configuration, interfaces }: NodeModel): readonly { readonly message: string; readonly at: Site }[] => {
  const [device] = [...(interfaces ?? [])].find(([, { mac }]) => mac !== undefined) ?? [];
  const site = configuration!.instances[0]?.name.site;
  return device === undefined || site === undefined ? [] : [{ message: `${name} sends from its ${device}`, at: site }];
};
