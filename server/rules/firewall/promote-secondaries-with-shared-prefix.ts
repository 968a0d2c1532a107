import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { networkOf } from "../../model/cluster/addresses.ts";
import { kernelSettings } from "../../model/cluster/kernel.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import type { VirtualAddress, VrrpInstance } from "../../model/node/model.ts";
import { remembered } from "../../model/node/remembered.ts";

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
    const groups = configuration.groupsByInstance();
    // Instances of one sync group leave together: of each such set the first address of a network counts.
    const first = new Map<string, Map<unknown, Placed>>();
    for (const placed of configuration.instances.flatMap((instance) => addressesOf(instance))) {
      const { instance, entry, device } = placed;
      const key = `${device} ${networkOf(entry.address!, entry.prefix!) ?? entry.text}`;
      const together = groups.get(instance.name.value) ?? instance;
      const sets = first.get(key) ?? new Map<unknown, Placed>();
      first.set(key, sets);
      const earlier = [...sets].find(([set]) => set !== together)?.[1];
      if (!sets.has(together) && sets.size < 2) sets.set(together, placed);
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

/** The machine's own address of the network comes first, nobody knows whether it has one, or the kernel promotes the next. */
const isSafe = (node: NodeModel, device: string, { address, prefix }: VirtualAddress): boolean => {
  const own = ownNetworks(node).get(device);
  if (own === undefined || own.has("unknown") || own.has(networkOf(address!, prefix!) ?? "unknown")) return true;
  return ["all", device, "default"].some((scope) =>
    kernelSettings(node, `net.ipv4.conf.${scope}.promote_secondaries`).some(({ value }) => value !== "0"),
  );
};

/** The networks of a machine's own IPv4 addresses by interface; "unknown" for one without a prefix. */
const ownNetworks = remembered(({ addresses }: NodeModel): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { address, prefix, device } of addresses) {
    if (device === undefined || parseAddress(address)?.family !== 4) continue;
    const known = found.get(device) ?? new Set();
    found.set(device, known.add((prefix === undefined ? undefined : networkOf(address, prefix)) ?? "unknown"));
  }
  return found;
});
