import { defineRule } from "../../analysis/rule.ts";
import { runNotes } from "../../analysis/scripts.ts";
import { databaseBehind } from "../../model/node/databases.ts";
import { endsKeepalived } from "../../model/effects/side-effects.ts";
import { linkedAt } from "../../model/cluster/facts.ts";

export default defineRule({
  id: "db-notify-down-kills-keepalived",
  summary: "The notify_down of a database ends keepalived: the address moves, and this node is out of the cluster from then on.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "measured: a script that ends keepalived moves the address in 0.6 s, and it never comes back by itself (2.2.7 and 2.4.3)",
    "measured: a tracked script without weight that fails moves the address as fast, and its success brings it back (2.2.7 and 2.4.3)",
  ],
  subject: "realServer",

  *check(server, { node }) {
    const { configuration } = node;
    if (server.notifyDown === undefined || configuration === undefined) return;
    const database = databaseBehind(configuration, server.virtualServer, server);
    const linked = linkedAt(node, server.notifyDown.item);
    const effect = linked?.effects.effects.find((each) => endsKeepalived(each) !== undefined);
    if (database === undefined || linked === undefined || effect === undefined) return;
    yield {
      at: effect.site,
      message: `when ${database} dies its notify_down ends keepalived: the address moves, but nobody sees ${database} come back, and until keepalived is started by hand the cluster has one node less`,
      notes: [
        ...runNotes([linked], effect.site),
        {
          message:
            "a track_script without weight puts the instance into FAULT instead: it moves the address as fast, and takes the node back",
        },
      ],
    };
  },
});
