import { valueOf } from "../../model/effects/known.ts";
import { isRunByDaemon } from "../../model/cluster/facts.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "sync-daemon-role-fixed",
  summary: "A script starts the IPVS connection synchronisation in a fixed role: it does not follow VRRP.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:230", "ipvsadm 1.31 ipvsadm(8), --start-daemon"],
  subject: "script",

  *check({ file, effects: { effects } }, { node }) {
    const { configuration } = node;
    if (configuration === undefined || configuration.instances.length === 0 || isRunByDaemon(node, file)) return;
    const roles = effects.flatMap((effect) => {
      const role = effect.kind === "ipvs" && effect.action === "start-daemon" ? valueOf(effect.role) : undefined;
      return role === undefined ? [] : [{ effect, role }];
    });
    const [first] = roles;
    // A director may run both daemons at once, each with a syncid: then no role is missing after a failover.
    if (first === undefined || new Set(roles.map(({ role }) => role)).size > 1) return;
    const [instance] = configuration.instances;
    yield {
      at: first.effect.site,
      message: `the sync daemon is always ${first.role} here, whoever is master: after a failover ${first.role === "master" ? "nobody listens to the new master" : "nobody sends the connections"}`,
      notes: [
        {
          message: `lvs_sync_daemon ${instance!.interface?.value ?? "INTERFACE"} ${instance!.name.value} in global_defs follows the instance`,
          at: instance!.name.site,
        },
      ],
    };
  },
});
