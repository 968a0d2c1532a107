import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { addressWithin } from "../../model/cluster/addresses.ts";
import { kernelSettings } from "../../model/cluster/kernel.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import type { Configuration, VirtualAddress, VrrpInstance } from "../../model/node/model.ts";

export default defineRule({
  id: "promote-secondaries-with-shared-prefix",
  summary:
    "Two instances put addresses of one network on one interface: when the first takes its address away, the kernel drops the other's too.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "measured: with promote_secondaries 0 the removal of 198.51.100.1/24 takes 198.51.100.2/24 of the same interface with it",
    "Linux Documentation/networking/ip-sysctl.rst, promote_secondaries",
  ],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const found = configuration.instances.flatMap((instance) => addressesOf(instance));
    for (const [index, { instance, entry, device }] of found.entries()) {
      const earlier = found
        .slice(0, index)
        .find(
          (one) =>
            one.instance !== instance &&
            one.device === device &&
            sameNetwork(one.entry, entry) &&
            !moveTogether(configuration, one.instance, instance),
        );
      if (earlier === undefined || isSafe(node, device, entry)) continue;
      yield {
        at: entry.site,
        message: `${entry.text} and ${earlier.entry.text} of ${earlier.instance.name.value} share a network on ${device}: when ${earlier.instance.name.value} leaves, the kernel removes both; /32 or promote_secondaries = 1 keeps this one`,
        notes: [{ message: "the address that stands first is the network's primary one", at: earlier.entry.site }],
      };
      return;
    }
  },
});

interface Placed {
  readonly instance: VrrpInstance;
  readonly entry: VirtualAddress;
  readonly device: string;
}

const addressesOf = (instance: VrrpInstance): readonly Placed[] =>
  [...instance.virtualAddresses, ...instance.excludedAddresses].flatMap((entry): readonly Placed[] => {
    const device = entry.device?.value ?? instance.interface?.value;
    const isPlain = instance.useVmac === undefined && entry.family === 4 && entry.prefix !== undefined && entry.prefix < 32;
    return device === undefined || !isPlain || entry.address === undefined ? [] : [{ instance, entry, device }];
  });

const sameNetwork = (a: VirtualAddress, b: VirtualAddress): boolean =>
  a.prefix === b.prefix && addressWithin(b.address!, `${a.address!}/${a.prefix!}`) === true;

const moveTogether = ({ syncGroups }: Configuration, a: VrrpInstance, b: VrrpInstance): boolean =>
  syncGroups.some(({ members }) => [a, b].every(({ name }) => members.some(({ value }) => value === name.value)));

/** The machine's own address of the network comes first, nobody knows whether it has one, or the kernel promotes the next. */
const isSafe = (node: NodeModel, device: string, entry: VirtualAddress): boolean => {
  const own = node.addresses.filter((one) => one.device === device && parseAddress(one.address)?.family === 4);
  if (own.length === 0) return true;
  if (
    own.some(
      (one) =>
        one.prefix === undefined ||
        (one.prefix === entry.prefix && addressWithin(one.address, `${entry.address!}/${entry.prefix}`) === true),
    )
  )
    return true;
  return ["all", device, "default"].some((scope) =>
    kernelSettings(node, `net.ipv4.conf.${scope}.promote_secondaries`).some(({ value }) => value !== "0"),
  );
};
