import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { databaseBehind } from "../../model/node/databases.ts";
import { bareMysqlChecks, outsideOnly } from "../../model/node/database-checks.ts";
import type { NodeModel } from "../../model/cluster/model.ts";

export default defineRule({
  id: "db-check-only-port",
  summary: "A check of a database looks at its process or its port: both are there when it answers no query.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_tcp.c:209", "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1318"],
  subject: "node",

  *check(node) {
    yield* services(node);
    for (const linked of node.linkedScripts) {
      const seen = isCheck(linked) && linked.effects.complete ? outsideOnly(linked.effects.effects) : undefined;
      if (seen === undefined) continue;
      yield {
        at: seen.effect.site,
        message: `the check looks at ${seen.what} only: a database that is full, read-only or out of connections passes it`,
        notes: [
          ...runNotes([linked], seen.effect.site),
          { message: "a query that the application could send tells more: SELECT 1, or @@global.read_only" },
        ],
      };
    }
  },
});

function* services({ configuration }: NodeModel): Generator<RuleFinding> {
  if (configuration === undefined) return;
  for (const service of configuration.virtualServers) {
    const [first] = service.realServers;
    const database = first === undefined ? undefined : databaseBehind(configuration, service, first);
    const checkers = service.realServers.flatMap((server) => server.checkers);
    const [checker] = checkers;
    if (database === undefined || checker === undefined || checkers.some(({ type }) => type.value !== "TCP_CHECK")) continue;
    // A port that nobody knows may be MySQL's.
    const asked = [...service.realServers.map(({ port }) => port), ...checkers.map(({ connectPort }) => connectPort)];
    if (asked.some((port) => port !== undefined && port.value === undefined)) continue;
    // What it does to MySQL is worse than what it does not see, and has a finding of its own.
    if (bareMysqlChecks(configuration, service).length > 0) continue;
    yield {
      at: checker.type.site,
      message: `TCP_CHECK only sees that ${database} accepts connections: one that is full, read-only or out of connections passes it`,
      notes: [{ message: "a MISC_CHECK with a query that the application could send tells more" }],
    };
  }
}
