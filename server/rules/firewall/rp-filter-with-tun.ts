import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { kernelSettings } from "../../model/cluster/kernel.ts";
import { forwardingOf } from "../../model/cluster/lvs.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import type { RealServer } from "../../model/node/model.ts";

export default defineRule({
  id: "rp-filter-with-tun",
  summary: "A real server behind a tunnel checks the way back strictly: it drops what comes out of the tunnel.",
  severity: "warning",
  since: "0.1.0",
  sources: ["Linux Documentation/networking/ip-sysctl.rst, rp_filter: the larger of all and the interface counts, 1 is strict"],
  subject: "node",
  fix: "review",

  *check(node, { cluster }) {
    const server = tunnelled(cluster, node);
    if (server === undefined) return;
    const last = (scope: string) => kernelSettings(node, `net.ipv4.conf.${scope}.rp_filter`).at(-1);
    const [all, own] = [last("all"), last("tunl0")];
    const values = [all, own].flatMap((setting) => (setting === undefined ? [] : [setting.value]));
    // The larger of both counts, and 2 is the loose one.
    if (values.includes(undefined) || values.includes("2")) return;
    const strict = [own, all].find((setting) => setting?.value === "1");
    if (strict === undefined) return;
    yield {
      at: strict.effect.site,
      message: `rp_filter 1 holds for tunl0: ${node.name} drops what the director sends through the tunnel, for the way back to the client is another interface; 2 or 0 lets it in`,
      notes: [{ message: "the real server behind a tunnel", at: server.address.site }],
      fixes: [{ title: "Check loosely", safety: "review", edits: [{ at: strict.effect.value.site, replacement: "2" }] }],
    };
  },
});

/** The real server of a tunnelled service that this machine is. */
const tunnelled = (cluster: ClusterModel, node: NodeModel): RealServer | undefined => {
  const own = new Set(node.addresses.map(({ address }) => canonicalAddress(address)));
  for (const { configuration } of cluster.nodes)
    for (const server of configuration?.virtualServers ?? [])
      for (const real of server.realServers)
        if (forwardingOf(server, real) === "tunnel" && real.address.value !== undefined && own.has(canonicalAddress(real.address.value)))
          return real;
  return undefined;
};
