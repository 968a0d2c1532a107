import { isQuietDevice } from "../../model/cluster/facts.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect } from "../../model/effects/types.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "ipvsadm-clears-table",
  summary: "`ipvsadm -C` in a script wipes the services that keepalived's checkers maintain.",
  severity: "warning",
  since: "0.1.0",
  sources: ["ipvsadm 1.31 ipvsadm(8), --clear", "keepalived v2.4.3 keepalived/check/ipwrapper.c:680"],
  subject: "script",

  *check({ effects: { effects }, companion }, { node }) {
    const server = node.configuration?.virtualServers[0];
    if (server === undefined) return;
    // A script for real servers that stands beside the directors' files runs on other machines.
    if (companion?.shared === true && isForRealServers(effects)) return;
    for (const effect of effects) {
      if (effect.kind !== "ipvs" || effect.action !== "clear") continue;
      yield {
        at: effect.site,
        message: "this wipes the whole IPVS table, with the services that keepalived holds: they stay away until it is restarted",
        notes: [
          {
            message: `keepalived holds ${node.configuration!.virtualServers.length === 1 ? "this service" : "this service and others"}`,
            at: server.service.site,
          },
        ],
      };
    }
  },
});

const isForRealServers = (effects: readonly Effect[]): boolean =>
  effects.some((effect) => effect.kind === "address" && effect.action === "bind" && isQuietDevice(valueOf(effect.device) ?? "")) &&
  !effects.some((effect) => effect.kind === "ipvs" && effect.action !== "clear");
