import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "vip-is-a-node-address",
  summary: "A virtual address that is the own address of another node: keepalived takes it away from that node, or two machines answer.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/address-of-the-other-node"],
  subject: "cluster",

  *check({ nodes }) {
    const owners = new Map<string, NodeModel>();
    for (const node of nodes) for (const { address } of node.addresses) if (!owners.has(address)) owners.set(address, node);
    const told = new Set<string>();
    for (const node of nodes) {
      for (const { name, virtualAddresses, excludedAddresses, unicastPeers } of node.configuration?.instances ?? []) {
        const peers = new Map(
          unicastPeers.flatMap(({ value, site }) => (value === undefined ? [] : [[canonicalAddress(value), site] as const])),
        );
        for (const { address, text, site } of [...virtualAddresses, ...excludedAddresses]) {
          const owner = address === undefined ? undefined : owners.get(address);
          const peer = address === undefined ? undefined : peers.get(address);
          if (address !== undefined && owner === undefined && peer !== undefined && !told.has(address)) {
            told.add(address);
            yield {
              at: site,
              message: `${shown(text)} in ${name.value} of ${node.name} is the address of a unicast peer: a machine has it already`,
              notes: [{ message: "the unicast peer", at: peer }],
              nodes: [node],
            };
          }
          // A node that lists its own address as virtual is told so there.
          if (address === undefined || owner === undefined || owner === node || told.has(address) || lists(owner, address)) continue;
          told.add(address);
          const own = owner.addresses.find((one) => one.address === address);
          yield {
            at: site,
            message: `${shown(text)} in ${name.value} of ${node.name} is the own address of ${owner.name}: both machines have it while ${node.name} is master`,
            notes: own === undefined ? [] : [{ message: `the address of ${owner.name}`, at: own.site }],
            nodes: [node, owner],
          };
        }
      }
    }
  },
});

const lists = ({ configuration }: NodeModel, address: string): boolean =>
  (configuration?.instances ?? []).some(({ virtualAddresses, excludedAddresses }) =>
    [...virtualAddresses, ...excludedAddresses].some((one) => one.address === address),
  );
