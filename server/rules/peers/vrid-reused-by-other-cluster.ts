import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { castOf } from "../../model/cluster/cast.ts";
import type { ClusterModel, Member } from "../../model/cluster/model.ts";
import { familyOf } from "../../model/node/defaults.ts";
import { ofMachines } from "../../model/cluster/templates.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "vrid-reused-by-other-cluster",
  summary: "Two clusters in one network use the same virtual_router_id: each hears the other's adverts, and one may lose its address.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/two-clusters-one-vrid"],
  seen: {
    metrics: [
      ["addr_list_err", "rises with every advert of the other cluster that lists another number of addresses"],
      ["auth_failure", "rises instead where the passwords differ"],
    ],
  },
  subject: "project",

  *check(project) {
    const clusters = ofMachines(project);
    const users = new Map<string, { readonly cluster: ClusterModel; readonly member: Member }[]>();
    for (const cluster of clusters) {
      for (const { members } of cluster.virtualRouters) {
        const [member] = members;
        const keys = member === undefined ? [] : placesOf(member);
        for (const key of keys) users.set(key, [...(users.get(key) ?? []), { cluster, member: member! }]);
      }
    }
    const told = new Set<string>();
    for (const alike of users.values()) {
      const [first, ...others] = alike;
      for (const { cluster, member } of others) {
        if (first === undefined || cluster === first.cluster || sharesAddress(member, first.member)) continue;
        const pair = `${clusters.indexOf(first.cluster)} ${clusters.indexOf(cluster)} ${member.instance.virtualRouterId!.value}`;
        if (told.has(pair)) continue;
        told.add(pair);
        const both = first.cluster.stated === true && cluster.stated === true;
        yield {
          at: member.instance.virtualRouterId!.site,
          // Files that lie in one tree need not be of one network.
          severity: both ? "warning" : "info",
          message: `virtual_router_id ${member.instance.virtualRouterId!.value} of ${member.instance.name.value} in ${cluster.name} is that of ${first.member.instance.name.value} in ${first.cluster.name}, in one network: up to keepalived 2.3.2 each refuses the other's adverts, from 2.3.3 one of them loses its address`,
          notes: [{ message: `the same in ${first.cluster.name}`, at: first.member.instance.virtualRouterId!.site }],
          nodes: [first.member.node, member.node],
        };
      }
    }
  },
});

/** Where its adverts are heard, as far as it is written: networks of its addresses, and stated segments. */
const placesOf = (member: Member): readonly string[] => {
  const { node, instance } = member;
  const vrid = instance.virtualRouterId?.value;
  const cast = castOf(member);
  if (vrid === undefined || cast?.kind !== "multicast") return [];
  const device = instance.interface?.value;
  const family = familyOf(instance);
  const stated = device === undefined ? undefined : node.interfaces?.get(device);
  const networks = [
    ...node.addresses.filter((own) => own.device === device).map(({ address, prefix }) => networkOf(address, prefix)),
    ...instance.virtualAddresses
      .filter(({ device: other }) => other === undefined || other.value === device)
      .map(({ address, prefix }) => networkOf(address, prefix)),
  ].flatMap((network) => network ?? []);
  return [...new Set(networks)].map((network) => `${vrid} ${family} ${cast.group} ${network} ${stated?.segment ?? ""}`);
};

/** Undefined without a prefix, and for a single address. */
const networkOf = (address: string | undefined, prefix: number | undefined): string | undefined => {
  const parsed = address === undefined ? undefined : parseAddress(address);
  if (parsed === undefined || prefix === undefined || prefix >= (parsed.family === 4 ? 31 : 127) || prefix === 0) return undefined;
  const width = parsed.family === 4 ? 8 : 16;
  const parts = parsed.parts.map((part, index) => {
    const bits = Math.max(0, Math.min(width, prefix - index * width));
    return (part >> (width - bits)) << (width - bits);
  });
  return `${parts.join(".")}/${prefix}`;
};

/** Then they are one cluster, or copies of one. */
const sharesAddress = (a: Member, b: Member): boolean => {
  const own = new Set(a.instance.virtualAddresses.map(({ address }) => address));
  return b.instance.virtualAddresses.some(({ address }) => address !== undefined && own.has(address));
};
