import { parseBoolean } from "../../../grammar/vocabulary/values.ts";
import { defineRule, type Given, type RuleFinding } from "../../analysis/rule.ts";
import { fromVersion, isFrom, isStatedWithin } from "../../analysis/version-range.ts";
import { commandsOf, globalStatement, runsAs } from "../../model/node/commands.ts";
import { walkItems } from "../../model/node/items.ts";
import type { Configuration } from "../../model/node/model.ts";

export default defineRule({
  id: "known-version-bug",
  summary: "Something this configuration uses is broken in the targeted keepalived.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "keepalived v2.2.5 lib/notify.c:760",
    "keepalived v2.2.8 lib/notify.c:760",
    "keepalived v2.2.5 keepalived/vrrp/vrrp_parser.c:1052",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1100",
    "keepalived v2.3.2 keepalived/vrrp/vrrp_daemon.c:617",
    "keepalived v2.3.3 keepalived/check/ipwrapper.c:1117",
    "keepalived v2.3.4 keepalived/check/check_http.c, check_regex",
    "keepalived v2.1.3 keepalived/vrrp/vrrp_scheduler.c:1060",
    "keepalived v2.3.3 keepalived/check/check_smtp.c, smtp_check_end_handler",
    "measured: a vrrp_script of 4 s with interval 1 and timeout 10 runs four times at once in 2.2.7 and 2.3.2, once in 2.0.20, 2.3.3 and 2.4.3",
    "measured: `keepalived -t` of 2.3.3 does not end with a host block in SMTP_CHECK; 2.2.7 and 2.4.3 do",
    "measured: `keepalived -t` of 2.2.7 ends with SIGTERM (status 143) when a script runs as nobody",
  ],
  subject: "configuration",

  *check(configuration, given) {
    yield* testModeKillsItself(configuration, given);
    yield* delayNeverEnds(configuration, given);
    yield* falseTurnsOn(configuration, given);
    yield* mixedFamilies(configuration, given);
    yield* sorryServerGone(configuration, given);
    yield* regexOverflow(configuration, given);
    yield* checksPileUp(configuration, given);
    yield* endlessHosts(configuration, given);
  },
});

/** The test whether the parent still lives forgets that `-t` has another parent; fixed in 2.2.8. */
function* testModeKillsItself(configuration: Configuration, given: Given): Generator<RuleFinding> {
  if (!isStatedWithin(given, "2.2.5", "2.2.7")) return;
  for (const command of commandsOf(configuration)) {
    const user = runsAs(configuration, command);
    if (user.kind !== "stated" || user.user === "root" || user.user === "0") continue;
    yield {
      at: user.site,
      message: `keepalived -t of ${given.version} ends itself with SIGTERM at the first script that ${user.user} runs: its exit status says nothing of this configuration`,
      notes: [{ message: "2.2.5 to 2.2.7 have this fault; the running daemon is not concerned" }],
    };
    return;
  }
}

/** The delay is started once and forgotten by a reload; fixed in 2.3.2. */
function* delayNeverEnds(configuration: Configuration, given: Given): Generator<RuleFinding> {
  const delay = globalStatement(configuration, "vrrp_startup_delay");
  if (delay === undefined || !isStatedWithin(given, "2.0.14", "2.3.1")) return;
  yield {
    at: delay.keyword.site,
    message: `a reload before vrrp_startup_delay is over leaves ${given.version} deaf to adverts for good, and two nodes become master: from 2.3.2 on it does not`,
  };
}

/** The value is read and then the flag is set whatever it is. */
function* falseTurnsOn({ tree }: Configuration, given: Given): Generator<RuleFinding> {
  if (!isFrom(given, "2.2.5")) return;
  for (const { keyword, args, entry } of walkItems(tree.items)) {
    if (keyword.value !== "skip_check_adv_addr" || entry === undefined || args[0] === undefined) continue;
    if (parseBoolean(args[0].value) !== false) continue;
    yield {
      at: args[0].site,
      message: `${fromVersion(given, "2.2.5")}skip_check_adv_addr ${args[0].value} turns the skipping on, as true does: leave the line out`,
    };
  }
}

/** Adverts over IPv6 with an IPv4 address among those of the instance crash it; fixed in 1.2.21. */
function* mixedFamilies({ instances }: Configuration, given: Given): Generator<RuleFinding> {
  if (!isStatedWithin(given, "1.2.20", "1.2.20")) return;
  for (const { virtualAddresses } of instances) {
    const first = virtualAddresses.find(({ family }) => family !== undefined);
    const other = virtualAddresses.find(({ family }) => family !== undefined && family !== first?.family);
    if (first === undefined || other === undefined) continue;
    yield {
      at: other.site,
      message: `1.2.20 crashes when IPv4 and IPv6 addresses stand in one virtual_ipaddress: ${first.text} and ${other.text}`,
    };
  }
}

/** A reload looks at the sorry server that the new configuration no longer has; fixed in 2.3.4. */
function* sorryServerGone({ virtualServers }: Configuration, given: Given): Generator<RuleFinding> {
  if (!isStatedWithin(given, "2.3.0", "2.3.3")) return;
  for (const { sorryServer } of virtualServers)
    if (sorryServer !== undefined)
      yield {
        at: sorryServer.address.site,
        message: `a reload that removes this sorry_server crashes the checker of ${given.version}: from 2.3.4 on it does not`,
        notes: [{ message: "restart keepalived instead of reloading it when the line goes" }],
      };
}

/** A partial match that begins before the longest lookbehind makes the buffer's length wrap; fixed in 2.4.0. */
function* regexOverflow({ virtualServers }: Configuration, given: Given): Generator<RuleFinding> {
  if (!isStatedWithin(given, "2.0.7", "2.3.4")) return;
  for (const { realServers } of virtualServers)
    for (const { checkers } of realServers)
      for (const { item } of checkers)
        for (const { keyword, args } of walkItems(item.items)) {
          if (keyword.value !== "regex" || !args.some(({ value }) => /\(\?<[=!]/u.test(value))) continue;
          yield {
            at: keyword.site,
            message: `a regex with a lookbehind lets a checked server write beyond the buffer of the checker of ${given.version}: from 2.4.0 on it does not`,
          };
        }
}

/** The daemon says that it skips the run, and runs it; fixed in 2.3.3. */
function* checksPileUp({ scripts }: Configuration, given: Given): Generator<RuleFinding> {
  if (!isStatedWithin(given, "2.1.3", "2.3.2")) return;
  for (const { name, interval, timeout } of scripts) {
    const every = interval === undefined ? 1 : interval.value;
    if (timeout?.value === undefined || every === undefined || timeout.value <= every) continue;
    yield {
      at: timeout.site,
      message: `${given.version} starts ${name.value} every ${every} s even while an earlier run goes on: up to ${Math.ceil(timeout.value / every)} run at once, from 2.3.3 on one`,
    };
  }
}

/** The checker of a host block is put twice into one list, which then has no end; fixed in 2.3.4. */
function* endlessHosts({ virtualServers }: Configuration, given: Given): Generator<RuleFinding> {
  if (!isStatedWithin(given, "2.3.0", "2.3.3")) return;
  for (const { realServers } of virtualServers)
    for (const { checkers } of realServers)
      for (const { type, item } of checkers) {
        const host =
          type.value === "SMTP_CHECK" ? item.items.find(({ keyword, items }) => keyword.value === "host" && items.length > 0) : undefined;
        if (host === undefined) continue;
        yield {
          at: host.keyword.site,
          message: `${given.version} never ends reading a host block in SMTP_CHECK, nor does its keepalived -t: from 2.3.4 on they do`,
          notes: [{ message: "connect_ip and connect_port directly in SMTP_CHECK say the same" }],
        };
        return;
      }
}
