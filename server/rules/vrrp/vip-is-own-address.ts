import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "vip-is-own-address",
  summary: "A virtual address that is an address of the node itself: keepalived takes it off the interface at start.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "measured: the only address of the interface as virtual address, keepalived 2.2.7 and 2.4.3",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4632",
  ],
  subject: "node",

  *check({ configuration, addresses }) {
    const own = new Map(addresses.map((entry) => [entry.address, entry]));
    const perDevice = new Map<string, number>();
    for (const { device } of own.values()) if (device !== undefined) perDevice.set(device, (perDevice.get(device) ?? 0) + 1);
    for (const { name, virtualAddresses, excludedAddresses, interface: device } of configuration?.instances ?? []) {
      for (const { address, site, text } of [...virtualAddresses, ...excludedAddresses]) {
        const found = address === undefined ? undefined : own.get(address);
        if (found === undefined) continue;
        const only = found.device !== undefined && found.device === device?.value && perDevice.get(found.device) === 1;
        yield {
          at: site,
          message: `${shown(text)} of ${name.value} is an address of the node itself: keepalived removes it at start${only ? ", and without any other the instance is in FAULT" : ""}`,
          notes: [{ message: "the node's own address", at: found.site }],
        };
      }
    }
  },
});
