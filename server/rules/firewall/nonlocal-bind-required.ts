import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { kernelSettings, saysKernelSettings, settled } from "../../model/cluster/kernel.ts";

export default defineRule({
  id: "nonlocal-bind-required",
  summary: "A virtual address that haproxy binds is refused by the kernel while another node holds it: haproxy does not start on a backup.",
  severity: "warning",
  since: "0.1.0",
  sources: ["Linux Documentation/networking/ip-sysctl.rst, ip_nonlocal_bind", "haproxy 2.6 configuration manual, bind: transparent"],
  subject: "node",
  fix: "review",

  *check(node, { cluster }) {
    if (node.configuration === undefined || !saysKernelSettings(node)) return;
    const managed = managedAddresses(cluster, node);
    for (const { haproxy } of node.companions) {
      for (const family of [4, 6] as const) {
        const name = `net.ipv${family}.ip_nonlocal_bind`;
        const bind = haproxy?.binds.find(
          ({ address, transparent }) =>
            !transparent && parseAddress(address.value)?.family === family && managed.has(canonicalAddress(address.value)),
        );
        if (bind === undefined) continue;
        const setting = settled(node, name);
        if (setting === "unknown" || (setting !== undefined && setting.value !== "0")) continue;
        // A script that sets it is known; one that loads a file is not.
        if (setting === undefined && kernelSettings(node, name).length > 0) continue;
        const owner = managed.get(canonicalAddress(bind.address.value))!;
        yield {
          at: bind.address.site,
          message: `haproxy cannot bind ${bind.address.value} while another node holds it: ${name} is ${setting === undefined ? "set nowhere (0)" : "0"}, and haproxy does not start on a backup`,
          notes: [
            { message: `${owner.instance.name.value} moves the address`, at: owner.site },
            ...(setting === undefined
              ? [{ message: `${name} = 1 in a file of sysctl.d allows it` }]
              : [{ message: "switched off here", at: setting.effect.site }]),
          ],
          ...(setting === undefined
            ? {}
            : { fixes: [{ title: "Allow it", safety: "review", edits: [{ at: setting.effect.value.site, replacement: "1" }] }] }),
        };
      }
    }
  },
});
