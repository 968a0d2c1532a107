import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, counted } from "../../analysis/wording.ts";
import { checkerNames, isKept } from "../../model/node/checkers.ts";
import { lacks } from "../../model/node/lost.ts";
import type { Checker, Configuration, RealServer } from "../../model/node/model.ts";

/** What a checker is nothing without. */
const needed: ReadonlyMap<string, string> = new Map([
  ["MISC_CHECK", "misc_path"],
  ["FILE_CHECK", "track_file"],
]);

export default defineRule({
  id: "real-server-without-checker",
  summary: "A real server that nothing checks keeps its connections when it is dead.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/check/ipwrapper.c:437",
    "keepalived v2.4.3 keepalived/check/check_misc.c:188",
    "keepalived v2.4.3 keepalived/check/check_file.c:114",
  ],
  subject: "virtualServer",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    const { realServers, item } = virtualServer;
    if (configuration === undefined) return;
    for (const server of realServers) for (const checker of server.checkers) yield* emptyChecker(configuration, server, checker);
    const bare = realServers.filter((server) => isKept(server) && lacks(configuration, server.item, ...checkerNames));
    const [first] = bare;
    if (first === undefined) return;
    // Many of them are one decision.
    const all = bare.length === realServers.length;
    const who =
      bare.length === 1
        ? blockTitle(first.item)
        : `${all ? "none" : bare.length} of the ${counted(realServers.length, "server")} of ${blockTitle(item)}`;
    const has = bare.length === 1 || all ? "has" : "have";
    yield {
      at: first.item.keyword.site,
      message: `${who} ${has} ${all && bare.length > 1 ? "a" : "no"} checker: a dead server keeps its share of the connections`,
      notes: bare.slice(1, 4).map((server) => ({ message: "nor has this one", at: server.item.keyword.site })),
    };
  },
});

/** A block that the daemon drops because it does not say what to look at. */
function* emptyChecker(configuration: Configuration, server: RealServer, { type, item }: Checker): Generator<RuleFinding> {
  const word = needed.get(type.value);
  if (word === undefined || !lacks(configuration, item, word)) return;
  const alone = server.checkers.length === 1;
  yield {
    at: item.keyword.site,
    message: `${type.value} of ${blockTitle(server.item)} has no ${word}: keepalived drops the checker${alone ? ", and nothing checks the server" : ""}`,
  };
}
