import type { Site } from "../../../grammar/text.ts";
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { NodeModel } from "../../model/cluster/model.ts";

export default defineRule({
  id: "vip-outside-subnet",
  summary: "A virtual address that lies in no subnet of its interface: the hosts around it do not know where to ask.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:405"],
  subject: "node",

  *check(node) {
    const known = subnetsByDevice(node);
    if (known.size === 0) return;
    for (const { name, virtualAddresses, interface: own } of node.configuration?.instances ?? []) {
      for (const { address, family, device, site, text } of virtualAddresses) {
        const on = device?.value ?? own?.value;
        if (address === undefined || family === undefined || on === undefined || /^fe[89ab]/u.test(address)) continue;
        const subnets = (known.get(on) ?? []).filter((subnet) => subnet.family === family);
        if (subnets.length === 0 || subnets.some((subnet) => holds(subnet, address))) continue;
        const [first] = subnets;
        yield {
          at: site,
          message: `${shown(text)} of ${name.value} lies in no subnet of ${on}, which has ${list(subnets.map(({ spelt }) => spelt))}`,
          notes: first?.site === undefined ? [] : [{ message: `an address of ${on}`, at: first.site }],
        };
      }
    }
  },
});

interface Subnet {
  readonly address: string;
  readonly prefix: number;
  readonly family: 4 | 6;
  readonly spelt: string;
  readonly site?: Site;
}

/** More addresses of one interface than this are not looked at. */
const mostSubnets = 64;

/** What is known of the interfaces. Addresses without a prefix, or with a host's, say nothing of the subnet. */
const subnetsByDevice = ({ addresses, interfaces }: NodeModel): ReadonlyMap<string, readonly Subnet[]> => {
  const found = new Map<string, Subnet[]>();
  const add = (device: string, entry: { readonly address: string; readonly prefix?: number; readonly site?: Site }): void => {
    const parsed = parseAddress(entry.address);
    if (parsed === undefined || entry.prefix === undefined || entry.prefix === (parsed.family === 4 ? 32 : 128)) return;
    const subnets = found.get(device) ?? [];
    const spelt = `${parsed.text}/${entry.prefix}`;
    if (subnets.length >= mostSubnets || subnets.some((other) => other.spelt === spelt)) return;
    const site = entry.site === undefined ? {} : { site: entry.site };
    found.set(device, [...subnets, { address: parsed.text, prefix: entry.prefix, family: parsed.family, spelt, ...site }]);
  };
  for (const entry of addresses) if (entry.device !== undefined) add(entry.device, entry);
  for (const [device, facts] of interfaces ?? []) for (const entry of facts.addresses) add(device, entry);
  return found;
};

const holds = ({ address, prefix }: Subnet, other: string): boolean => bitsOf(address).slice(0, prefix) === bitsOf(other).slice(0, prefix);

const bitsOf = (address: string): string => {
  const parsed = parseAddress(address);
  const size = parsed?.family === 6 ? 16 : 8;
  return (parsed?.parts ?? []).map((part) => part.toString(2).padStart(size, "0")).join("");
};
