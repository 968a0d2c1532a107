import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { Member } from "../../model/cluster/model.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "unicast-src-duplicated",
  summary: "Two nodes with one `unicast_src_ip`: an address is one machine's, so one of them was copied and not changed.",
  severity: "error",
  since: "0.1.0",
  sources: ["test/observed/unicast-source-twice"],
  subject: "cluster",

  *check({ virtualRouters }) {
    const first = new Map<string, Member>();
    const told = new Set<string>();
    for (const member of virtualRouters.flatMap(({ members }) => members)) {
      const { unicastSource } = member.instance;
      if (unicastSource?.value === undefined) continue;
      const address = canonicalAddress(unicastSource.value);
      const other = first.get(address);
      if (other === undefined) first.set(address, member);
      if (other === undefined || other.node === member.node || told.has(`${address} ${member.node.name}`)) continue;
      told.add(`${address} ${member.node.name}`);
      yield {
        at: unicastSource.site,
        message: `unicast_src_ip ${unicastSource.value} of ${member.node.name} is that of ${other.node.name} as well: the address can be on one machine only, and the other one's adverts do not arrive`,
        notes: [{ message: `the same on ${other.node.name}`, at: other.instance.unicastSource!.site }],
        nodes: [other.node, member.node],
      };
    }
  },
});
