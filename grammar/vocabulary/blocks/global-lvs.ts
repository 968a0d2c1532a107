/** Words of global_defs about IPVS and the checkers. */
import { address, int, I32, networkInterface, nonEmpty, port, refersTo, rowsOf, seconds, str, U32, words } from "../rows.ts";
import type { Argument, Keyword } from "../types.ts";

const { statement, flag, toggle } = rowsOf("core/global_parser.c");
const lvs = { buildOption: "_WITH_LVS_" };
const nftables = { since: "2.2.2", buildOption: "_WITH_NFTABLES_ && _WITH_LVS_" };
const timeout = (name: string) => seconds(0, 2678400, { name, introducedBy: name, optional: true });
const flush = [words("what", ["VS"], { optional: true })];
const multicast = { test: (word: string) => /^(?:2(?:2[4-9]|3\d)\.|ff)/iu.test(word), what: "a multicast address" };
const syncDaemon: readonly Argument[] = [
  networkInterface(),
  refersTo("instance", "instance", { introducedBy: "inst", optional: true }),
  int("id", 0, 255, { introducedBy: "id", optional: true }),
  int("maxlen", 1, 65507, { introducedBy: "maxlen", optional: true, unit: "bytes" }),
  port(1, { introducedBy: "port", optional: true }),
  int("ttl", 1, 255, { introducedBy: "ttl", optional: true, unit: "hops" }),
  address({ introducedBy: "group", optional: true, form: multicast }),
];

// prettier-ignore
export const globalLvs = (): readonly Keyword[] => [
  toggle("checker_log_all_failures", 2633,
    "Default of log_all_failures: failed checks are logged even when they change nothing.", { since: "2.0.11", ...lvs }),
  statement("lvs_timeouts", 2643, [timeout("tcp"), timeout("tcpfin"), timeout("udp")],
    "How long the kernel keeps idle connections, as pairs such as `tcp 900 udp 60`; at least one is needed.",
    { default: "the kernel's", since: "1.2.24", needsArgument: true, missingArgument: "reported", ...lvs }),
  flag("lvs_flush", 2644, "Empties the whole IPVS table at start, others' services included.", { since: "1.2.23", ...lvs }),
  statement("lvs_flush_on_stop", 2645, flush,
    "Empties the IPVS table at the end in one go; VS takes away only the configured services. Faster, and cuts connections.",
    { default: "off", since: "2.2.0", ...lvs }),
  statement("lvs_flush_onstop", 2646, flush,
    "Name of lvs_flush_on_stop before 2.2.0, still read.",
    { default: "off", aliasOf: "lvs_flush_on_stop", deprecated: { by: "lvs_flush_on_stop", note: "renamed" }, since: "2.0.15", ...lvs }),
  statement("lvs_sync_daemon", 2648, syncDaemon,
    "Copies the connection table to the backup: interface, then pairs as `inst VI_1 id 7`. An id must be written with `id`.",
    { onRepeat: "first-error", since: "1.2.20", missingArgument: "reported", buildOption: "_WITH_LVS_ && _WITH_VRRP_" }),
  statement("nftables_ipvs", 2697, [str("table", { maxLength: 254, optional: true, valueIfOmitted: "keepalived_ipvs", ...nonEmpty("a name") })],
    "Gives the addresses of virtual server groups one firewall mark each through nftables, so that one IPVS service serves many.",
    { onRepeat: "first-error", ...nftables }),
  statement("nftables_ipvs_priority", 2698, [int("priority", -2147483648, I32)],
    "Where that marking chain comes among the host's own; lower is earlier.", { default: "-1", ...nftables }),
  statement("nftables_ipvs_start_fwmark", 2699, [int("fwmark", 1, U32)],
    "First mark the daemon hands out; keep clear of the marks you use.", { default: "1000", ...nftables }),
  toggle("rs_init_notifies", 2775,
    "Runs notify scripts for the state a real server has at start, not only for changes.", { since: "2.0.0", ...lvs }),
];
