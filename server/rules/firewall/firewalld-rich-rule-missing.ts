import { defineRule } from "../../analysis/rule.ts";
import { factFiles } from "../../model/cluster/facts.ts";
import type { Companion, NodeModel } from "../../model/cluster/model.ts";
import { matchOf, type Packet, refusalOf } from "../../model/cluster/packet-filter.ts";
import { vrrpPackets } from "../../model/cluster/vrrp-packets.ts";
import { valueOf } from "../../model/effects/known.ts";

export default defineRule({
  id: "firewalld-rich-rule-missing",
  summary: "No zone of firewalld lets VRRP in: the node never hears its peers.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "firewalld 1.3.3 firewalld.zone(5): what no element lets in meets the target of the zone",
    "measured: with VRRP dropped by one node's packet filter both nodes hold the address",
  ],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const files = node.companions.filter(({ kind, shared }) => kind === "firewalld" && !shared);
    // direct.xml has no target; what it lets in does not come to the zones.
    const zones = files.filter(({ effects }) => effects.some((effect) => effect.kind === "firewall" && effect.action === "policy"));
    const direct = files.filter((file) => !zones.includes(file));
    if (zones.length === 0 || opensByCommand(node)) return;
    for (const instance of configuration.instances) {
      const packet = vrrpPackets(configuration, instance).find(({ hook }) => hook === "INPUT");
      if (packet === undefined) continue;
      const own = zones.filter((one) => concerns(one, packet));
      const [zone] = own;
      // Which zone an interface is in may be said elsewhere, so one zone that lets VRRP in is enough.
      const refusals = own.map((one) => refusalOf(node, packet, factFiles({ ...node, companions: [one, ...direct], linkedScripts: [] })));
      const [refusal] = refusals;
      if (zone === undefined || refusal === undefined || refusals.includes(undefined)) continue;
      const [name, number] = packet.protocols;
      yield {
        at: placeOf(zone),
        message: `${own.length === 1 ? "this zone does not let" : "none of the zones lets"} protocol ${number} (${name}) in: ${instance.name.value} hears no advert and takes its addresses beside the master`,
        notes: [
          { message: `${instance.name.value} is configured here`, at: instance.name.site },
          { message: `<protocol value="${name}"/> in the zone, or firewall-cmd --permanent --add-protocol=${name}, lets it in` },
        ],
      };
      return;
    }
  },
});

/** Whether the packet may be the zone's: it is not when the zone names other interfaces only. */
const concerns = ({ effects }: Companion, packet: Packet): boolean =>
  effects.some((effect) => effect.kind === "firewall" && effect.action === "policy" && matchOf(effect.match, packet) !== "no");

const placeOf = ({ effects }: Companion): Companion["effects"][number]["site"] => effects.at(-1)!.site;

/** A script of the machine calls firewall-cmd for VRRP. */
const opensByCommand = (node: NodeModel): boolean =>
  factFiles(node).some(({ effects }) =>
    effects.some(
      (effect) =>
        effect.kind === "run" &&
        /(?:^|\/)firewall-(?:offline-)?cmd$/u.test(valueOf(effect.name) ?? "") &&
        effect.arguments.some((one) => /vrrp|112|\bah\b|trusted/u.test(valueOf(one) ?? "vrrp")),
    ),
  );
