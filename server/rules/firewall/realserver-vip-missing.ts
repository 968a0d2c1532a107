import { defineRule } from "../../analysis/rule.ts";
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { factFiles, isComplete } from "../../model/cluster/facts.ts";
import { forwardingOf } from "../../model/cluster/lvs.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import { arpSettings, isQuiet, quietBindings } from "../../model/cluster/real-servers.ts";
import type { RealServer } from "../../model/node/model.ts";

export default defineRule({
  id: "realserver-vip-missing",
  summary: "A real server behind direct routing or a tunnel does not have the virtual address: it drops every packet of the service.",
  severity: "error",
  since: "0.1.0",
  sources: ["Linux net/ipv4/route.c: a packet for an address that is not the host's own is routed on, or dropped"],
  subject: "node",

  *check(node, { cluster }) {
    if (node.configuration !== undefined) return;
    const bindings = quietBindings(node);
    if (bindings.some(({ address }) => address === undefined) || !saysItsAddresses(node)) return;
    const bound = new Set([...bindings.map(({ address }) => address), ...node.addresses.map(({ address }) => canonicalAddress(address))]);
    for (const { address, server, site } of wanted(cluster, node)) {
      if (bound.has(address)) continue;
      bound.add(address);
      const [other] = bindings;
      yield {
        at: server.address.site,
        message: `${node.name} (${server.address.value!}) does not bind ${address}: it drops every packet that the director hands it`,
        notes: [
          { message: "the address that stays in the packets", at: site },
          ...(other === undefined
            ? [{ message: `on ${node.name}: ip addr add ${address}/${address.includes(":") ? 128 : 32} dev lo, with ARP silenced` }]
            : [{ message: `what ${node.name} binds`, at: other.effect.site }]),
        ],
      };
    }
  },
});

/**
 * Whether the files say all addresses: they were collected on the machine, one of them binds an address of a service, or
 * the machine silences ARP, which nothing but a hidden address needs.
 */
const saysItsAddresses = (node: NodeModel): boolean => {
  if (node.companions.some(({ kind }) => kind === "addresses")) return true;
  if (!factFiles(node).every(({ script }) => script === undefined || isComplete(script))) return false;
  return quietBindings(node).length > 0 || arpSettings(node).some(({ key, value }) => value !== undefined && isQuiet(key, value));
};

interface Wanted {
  readonly address: string;
  readonly server: RealServer;
  readonly site: Site;
}

/** The addresses of the services that hand packets to this machine unchanged. */
const wanted = (cluster: ClusterModel, node: NodeModel): readonly Wanted[] => {
  const own = new Set(node.addresses.map(({ address }) => canonicalAddress(address)));
  return cluster.nodes.flatMap(({ configuration }) =>
    (configuration?.virtualServers ?? []).flatMap((server): readonly Wanted[] => {
      const { service } = server;
      if (service.kind !== "address" || service.address.value === undefined || parseAddress(service.address.value) === undefined) return [];
      const real = server.realServers.find(
        (one) =>
          one.address.value !== undefined &&
          own.has(canonicalAddress(one.address.value)) &&
          ["direct", "tunnel"].includes(forwardingOf(server, one) ?? ""),
      );
      return real === undefined ? [] : [{ address: canonicalAddress(service.address.value), server: real, site: service.address.site }];
    }),
  );
};
