import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { endpointsOf } from "../../model/node/databases.ts";

export default defineRule({
  id: "checker-targets-vip",
  summary: "A checker that asks the virtual address tests whoever holds it, and not its server.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_api.c:236"],
  subject: "checker",

  *check({ connectAddress, type, realServer, virtualServer }, { node, cluster }) {
    if (connectAddress?.value === undefined || node.configuration === undefined) return;
    const address = canonicalAddress(connectAddress.value);
    const held = managedAddresses(cluster, node).get(address);
    const served = endpointsOf(node.configuration, virtualServer).some((endpoint) => endpoint.address === address);
    if (held === undefined && !served) return;
    // A server that is its own virtual address is asked where it is.
    if (realServer.address.value !== undefined && canonicalAddress(realServer.address.value) === address) return;
    yield {
      at: connectAddress.site,
      message: `${type.value} of ${blockTitle(realServer.item)} asks the virtual address ${connectAddress.value}: it tests whoever holds that, not this server`,
      notes: [
        held === undefined
          ? { message: "the service's own address", at: virtualServer.service.site }
          : { message: `${held.instance.name.value} holds it`, at: held.site },
      ],
    };
  },
});
