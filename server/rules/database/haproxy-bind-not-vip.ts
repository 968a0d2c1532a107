import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import type { HaproxyBind } from "../../model/effects/haproxy.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "haproxy-bind-not-vip",
  summary: "No bind of haproxy takes the virtual address: after a failover nothing answers on it.",
  severity: "info",
  since: "0.1.0",
  sources: ["haproxy 2.6 configuration manual, bind", "keepalived issue 2485"],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    if (configuration === undefined || configuration.virtualServers.length > 0) return;
    const binds = bindsOf(node);
    const [first] = binds;
    // Names, variables and every address may take anything.
    if (first === undefined || binds.some(({ address }) => parseAddress(address.value) === undefined || isEveryAddress(address.value)))
      return;
    const bound = new Set(binds.map(({ address }) => canonicalAddress(address.value)));
    const missing = configuration.instances.flatMap(({ name, virtualAddresses }) =>
      virtualAddresses.flatMap((entry) => (entry.address === undefined ? [] : [{ name, entry, address: entry.address }])),
    );
    // One that is bound shows what the others are for.
    if (missing.some(({ address }) => bound.has(address))) return;
    const [vip] = missing;
    const outside = binds.find(({ address }) => !address.value.startsWith("127."));
    if (vip === undefined || outside === undefined) return;
    yield {
      at: vip.entry.site,
      message: `haproxy of this node binds ${[...bound].slice(0, 3).join(", ")}${bound.size > 3 ? ", …" : ""}, but not ${vip.address}: nothing answers on the address that ${vip.name.value} moves`,
      notes: [{ message: "a bind to the virtual address, or to every address (*), is missing", at: outside.site }],
    };
  },
});

const bindsOf = ({ companions }: NodeModel): readonly HaproxyBind[] =>
  companions.flatMap(({ haproxy, shared }) => (shared ? [] : (haproxy?.binds ?? [])));

const isEveryAddress = (address: string): boolean => address === "" || address === "*" || /^(?:0\.0\.0\.0|::)$/u.test(address);
