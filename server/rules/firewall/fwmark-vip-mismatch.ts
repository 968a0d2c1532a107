import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { addressWithin } from "../../model/cluster/addresses.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { servicesOf } from "../../model/cluster/lvs.ts";
import { markText, marksOf } from "../../model/cluster/marks.ts";
import { valueOf } from "../../model/effects/known.ts";

export default defineRule({
  id: "fwmark-vip-mismatch",
  summary: "A firewall rule gives the mark of a fwmark service to packets for an address that is no virtual address.",
  severity: "warning",
  since: "0.1.0",
  sources: ["Linux net/netfilter/ipvs/ip_vs_core.c: a marked packet belongs to the service of its mark, whatever its address is"],
  subject: "node",

  *check(node, { cluster }) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const services = servicesOf(configuration);
    const managed = managedAddresses(cluster, node);
    const isKnown = cluster.nodes.every((other) =>
      (other.configuration?.instances ?? []).every(({ virtualAddresses, excludedAddresses }) =>
        [...virtualAddresses, ...excludedAddresses].every(({ address }) => address !== undefined),
      ),
    );
    if (managed.size === 0 || !isKnown) return;
    const told = new Set<string>();
    for (const { effect } of marksOf(node).rules) {
      const mark = valueOf(effect.mark);
      const { destination } = effect.match;
      const service = services.find(({ key }) => key.kind === "fwmark" && key.mark === mark);
      if (mark === undefined || service === undefined || destination === undefined || destination.negated) continue;
      const written = valueOf(destination.value) ?? [];
      for (const one of written) {
        // A network that holds a virtual address was meant; a name cannot be judged.
        if ([...managed.keys()].some((address) => addressWithin(address, one) !== false)) continue;
        const address = canonicalAddress(one.replace(/\/(?:32|128|255\.255\.255\.255)$/u, ""));
        const key = `${destination.value.site.file} ${destination.value.site.span.start} ${address}`;
        if (told.has(key)) continue;
        told.add(key);
        const own = node.addresses.find((other) => other.address === address);
        const [[nearest, owner] = []] = managed;
        if (nearest === undefined || owner === undefined) return;
        yield {
          at: destination.value.site,
          message: `${one} is no virtual address, but its packets get mark ${markText(mark)} of a service: no instance moves ${address} to another node`,
          notes: [
            { message: `${owner.instance.name.value} moves ${nearest}`, at: owner.site },
            { message: "the service", at: service.site },
            ...(own === undefined ? [] : [{ message: `${address} is an address of ${node.name} itself`, at: own.site }]),
          ],
        };
      }
    }
  },
});
