import { defineRule } from "../../analysis/rule.ts";
import type { Packet, Refusal } from "../../model/cluster/packet-filter.ts";
import { refusalOf } from "../../model/cluster/packet-filter.ts";
import { filterFiles } from "../../model/cluster/facts.ts";
import { vrrpPackets } from "../../model/cluster/vrrp-packets.ts";
import type { VrrpInstance } from "../../model/node/model.ts";

export default defineRule({
  id: "vrrp-blocked-by-firewall",
  summary: "The packet filter of the machine drops the adverts of VRRP: it never hears its peers, or they never hear it.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "measured: with VRRP dropped by one node's packet filter both nodes hold the address",
    "RFC 5798 section 5.1.1: IP protocol 112 to 224.0.0.18 or ff02::12",
  ],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    if (configuration === undefined) return;
    // What firewalld lets in is the business of a rule of its own.
    const files = filterFiles(node).filter(({ kind }) => kind !== "firewalld");
    const refused = new Map<string, { readonly refusal: Refusal; readonly packet: Packet; readonly instances: VrrpInstance[] }>();
    for (const instance of configuration.instances) {
      for (const packet of vrrpPackets(configuration, instance)) {
        const refusal = refusalOf(node, packet, files);
        if (refusal === undefined) continue;
        const key = `${refusal.site.file} ${refusal.site.span.start} ${packet.hook}`;
        const known = refused.get(key);
        if (known === undefined) refused.set(key, { refusal, packet, instances: [instance] });
        else known.instances.push(instance);
      }
    }
    for (const { refusal, packet, instances } of refused.values()) {
      const [first] = instances;
      const names = instances.map(({ name }) => name.value);
      const shown = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
      const { protocol, way } = wordsFor(packet);
      yield {
        at: refusal.site,
        message: `${refusal.how} refuses the adverts of ${shown} (protocol ${protocol} ${way}): ${packet.hook === "INPUT" ? "this node hears no master and takes the addresses itself" : "no other node hears this one"}`,
        notes: [
          { message: `${first!.name.value} sends and hears them on ${first!.interface?.value ?? "its interface"}`, at: first!.name.site },
          { message: `a rule that lets protocol ${protocol} through in ${packet.hook} is missing` },
        ],
      };
    }
  },
});

const wordsFor = ({
  protocols: [name, number],
  hook,
  destinations,
  sources,
}: Packet): { readonly protocol: string; readonly way: string } => ({
  protocol: `${number} (${name})`,
  way: sources !== undefined && hook === "INPUT" ? `from ${sources.join(", ")}` : `to ${(destinations ?? ["the peers"]).join(", ")}`,
});
