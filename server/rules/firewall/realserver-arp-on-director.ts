import { defineRule } from "../../analysis/rule.ts";
import { kernelSettings } from "../../model/cluster/kernel.ts";

export default defineRule({
  id: "realserver-arp-on-director",
  summary: "A director silences ARP with arp_ignore 8 where it holds the virtual address: nobody finds it.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "measured: arp_ignore 8 on the interface of the virtual address silences its holder; 1, 2 and 3 do not",
    "Linux Documentation/networking/ip-sysctl.rst, arp_ignore: the larger of all and the interface counts",
  ],
  subject: "node",
  fix: "review",

  *check(node) {
    const told = new Set<string>();
    for (const instance of node.configuration?.instances ?? []) {
      if (instance.useVmac !== undefined) continue;
      for (const { address, family, device, site } of instance.virtualAddresses) {
        const name = device?.value ?? instance.interface?.value;
        if (address === undefined || family !== 4 || name === undefined) continue;
        for (const scope of ["all", name]) {
          const setting = kernelSettings(node, `net.ipv4.conf.${scope}.arp_ignore`).at(-1);
          if (setting?.value !== "8" || told.has(`${setting.file.file} ${setting.effect.site.span.start}`)) continue;
          told.add(`${setting.file.file} ${setting.effect.site.span.start}`);
          yield {
            at: setting.effect.site,
            message: `arp_ignore 8 on ${scope} keeps this node from answering for ${address} when it is master: 1 is silent for addresses on lo alone`,
            notes: [{ message: `${instance.name.value} puts the address on ${name}`, at: site }],
            fixes: [
              {
                title: "Answer for addresses of the interface",
                safety: "review",
                edits: [{ at: setting.effect.value.site, replacement: "1" }],
              },
            ],
          };
        }
      }
    }
  },
});
