import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { runNotes } from "../../analysis/scripts.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect } from "../../model/effects/types.ts";

export default defineRule({
  id: "check-probes-vip",
  summary: "A check asks the virtual address: on the backup it tests the master, not its own node.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1251"],
  subject: "linkedScript",

  *check(linked, { node, cluster }) {
    if (linked.use !== "check" || node.configuration === undefined) return;
    const managed = managedAddresses(cluster, node);
    const { effects } = linked.effects;
    for (const effect of effects) {
      const host = effect.kind === "probe" ? valueOf(effect.host) : undefined;
      const vip = host === undefined ? undefined : managed.get(canonicalAddress(host));
      if (host === undefined || vip === undefined || asksWhoHolds(effects, host)) continue;
      yield {
        at: effect.site,
        message: `the check asks ${host}, which ${vip.instance.name.value} moves: on the backup it tests the master, and where nobody holds the address it fails on every node`,
        notes: [
          ...runNotes([linked], effect.site),
          { message: `${host} is a virtual address`, at: vip.site },
          { message: "a check asks its own node: 127.0.0.1, or the node's own address" },
        ],
      };
      return;
    }
  },
});

/** Whether the script looks for the address on its own node first: `ip addr | grep -q VIP`. */
const asksWhoHolds = (effects: readonly Effect[], host: string): boolean =>
  effects.some(
    (effect) =>
      effect.path.some((step) => step.kind === "branch" && step.guard?.kind === "address" && valueOf(step.guard.address) === host) ||
      (effect.kind === "run" &&
        /(?:^|\/)(?:[ef]?grep|ip|ifconfig|hostname|awk|sed|rg)$/u.test(valueOf(effect.name) ?? "") &&
        effect.arguments.some((one) => valueOf(one)?.replaceAll("\\", "").includes(host) === true)),
  );
