import { hearing, isWhole } from "../../model/cluster/pairs.ts";
import { initialState } from "../../model/node/defaults.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "no-initial-preference",
  summary: "All nodes start as BACKUP and none has nopreempt: no file says which of them is meant to be master.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/nopreempt-on-higher-only", "measured: state BACKUP on both nodes, keepalived 2.2.7 and 2.4.3"],
  off: true,
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      const [first] = members;
      if (first === undefined || members.some((member) => !isWhole(member) || initialState(member.instance) !== "BACKUP")) continue;
      if (members.some(({ instance }) => instance.nopreempt !== undefined)) continue;
      const site = first.instance.state?.site ?? first.instance.name.site;
      yield {
        at: site,
        message: `${first.instance.name.value} starts as BACKUP on ${list(members.map(({ node }) => node.name))}, without nopreempt: only the priority says which is meant to be master`,
        notes: members
          .slice(1)
          .map(({ node, instance }) => ({ message: `BACKUP on ${node.name}`, at: instance.state?.site ?? instance.name.site })),
      };
    }
  },
});
