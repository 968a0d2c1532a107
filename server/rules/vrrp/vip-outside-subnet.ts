import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { NodeModel } from "../../model/cluster/model.ts";

export default defineRule({
  id: "vip-outside-subnet",
  summary: "A virtual address that lies in no subnet of its interface: the hosts around it do not know where to ask.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:405"],
  subject: "vrrpInstance",

  *check({ name, virtualAddresses, interface: own }, { node }) {
    for (const { address, family, device, site, text } of virtualAddresses) {
      const on = device?.value ?? own?.value;
      if (address === undefined || family === undefined || on === undefined || /^fe[89ab]/u.test(address)) continue;
      const subnets = subnetsOf(node, on).filter((subnet) => subnet.family === family);
      if (subnets.length === 0 || subnets.some((subnet) => holds(subnet, address))) continue;
      const [first] = subnets;
      yield {
        at: site,
        message: `${shown(text)} of ${name.value} lies in no subnet of ${on}, which has ${list(subnets.map(({ spelt }) => spelt))}`,
        notes: first?.site === undefined ? [] : [{ message: `an address of ${on}`, at: first.site }],
      };
    }
  },
});

interface Subnet {
  readonly address: string;
  readonly prefix: number;
  readonly family: 4 | 6;
  readonly spelt: string;
  readonly site?: NodeModel["addresses"][number]["site"];
}

/** What is known of an interface. Addresses without a prefix, or with a host's, say nothing of its subnet. */
const subnetsOf = ({ addresses, interfaces }: NodeModel, device: string): readonly Subnet[] => {
  const stated = interfaces?.get(device)?.addresses ?? [];
  const all = [...stated.map((entry) => ({ ...entry, address: canonicalAddress(entry.address) })), ...addresses.filter((entry) => entry.device === device)];
  return all.flatMap((entry) => {
    const family = parseAddress(entry.address)?.family;
    if (family === undefined || entry.prefix === undefined || entry.prefix === (family === 4 ? 32 : 128)) return [];
    const site = "site" in entry ? { site: entry.site } : {};
    return [{ address: entry.address, prefix: entry.prefix, family, spelt: `${entry.address}/${entry.prefix}`, ...site }];
  });
};

const holds = ({ address, prefix }: Subnet, other: string): boolean => bitsOf(address).slice(0, prefix) === bitsOf(other).slice(0, prefix);

const bitsOf = (address: string): string => {
  const parsed = parseAddress(address);
  const size = parsed?.family === 6 ? 16 : 8;
  return (parsed?.parts ?? []).map((part) => part.toString(2).padStart(size, "0")).join("");
};
