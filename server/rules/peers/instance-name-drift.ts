import { deviations, hearing } from "../../model/cluster/pairs.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "instance-name-drift",
  summary: "One virtual router under different instance names: nothing depends on it but whoever reads the logs.",
  severity: "style",
  since: "0.1.0",
  sources: ["measured: other instance names, keepalived 2.2.7 and 2.4.3"],
  off: true,
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      for (const { member, value, reference, expected } of deviations(
        members,
        ({ instance }) => instance.name.value,
        (a, b) => a === b,
      )) {
        yield {
          at: member.instance.name.site,
          message: `vrrp_instance ${shown(value)} of ${member.node.name} is the virtual router that ${reference.node.name} calls ${shown(expected)}`,
          notes: [{ message: `its name on ${reference.node.name}`, at: reference.instance.name.site }],
          nodes: [member.node, reference.node],
        };
      }
    }
  },
});
