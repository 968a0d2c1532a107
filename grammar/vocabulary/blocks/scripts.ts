/** What instances can track: vrrp_script, vrrp_track_process, track_file. */
import { arg, command, decimal, int, I32, type More, nonEmpty, path, rowsOf, str, userAndGroup, weight, words } from "../rows.ts";
import type { Context, Keyword } from "../types.ts";

const { statement, flag } = rowsOf("vrrp/vrrp_parser.c");
const { statement: fileStatement } = rowsOf("trackers/track_file.c");
/** Whole seconds until 2.3.1; 0 is reported and becomes 1. */
const wholeBefore232 = { decimals: 3, decimalsSince: "2.3.2", zeroBecomes: 1 };
const requiredUser = [arg("user", "user", { dependsOnHost: true }), ...userAndGroup.slice(1)];

// prettier-ignore
export const vrrpScript = (): Context => ({
  id: "vrrp_script",
  keywords: [
    statement("script", 2435, [command],
      "Exit status 0 is success, all else failure. Only the first word counts: quote the command together with its arguments.",
      { required: true, missingArgument: "ignored" }),
    statement("interval", 2436, [decimal(0, 4294, wholeBefore232)],
      "Time between runs; times fall, it is how late a failover comes. Fractions only from 2.3.2 on.", { default: "1" }),
    statement("timeout", 2437, [decimal(0, 4294, wholeBefore232)],
      "A run that takes longer counts as failed and is killed. Fractions only from 2.3.2 on.", { default: "interval", since: "1.2.6" }),
    statement("weight", 2438, weight(253),
      "Positive: added while it succeeds. Negative: taken while it fails. 0: failure is FAULT. Must outweigh the gap to the peer.",
      { default: "0" }),
    statement("rise", 2439, [int("count", 1, I32)], "Successes in a row before a failed script counts as good again.", { default: "1" }),
    statement("fall", 2440, [int("count", 1, I32)], "Failures in a row before the script counts as failed.", { default: "1" }),
    statement("user", 2441, requiredUser,
      "Who runs it; without this it is script_user, else the account keepalived_script, else the daemon's own user.",
      { default: "script_user", since: "1.3.0" }),
    flag("init_fail", 2442, "Counts as failed until the first success; without it a node starts as if all were well.", { since: "1.3.2" }),
  ],
});

const process = { buildOption: "_WITH_TRACK_PROCESS_", since: "2.0.11" };
const laterProcess = { ...process, since: "2.0.16" };

// prettier-ignore
export const vrrpTrackProcess = (): Context => ({
  id: "vrrp_track_process",
  keywords: [
    statement("process", 2448, [str("path"), str("parameter", { optional: true, repeated: true })],
      "Name or path of the program, with parameters only where they must match too.",
      { required: true, onRepeat: "first-error", ...process }),
    statement("param_match", 2449, [words("mode", ["initial", "partial"], { optional: true })],
      "Bare: all parameters are equal. partial: the given ones are the first. initial: the last one may go on.",
      { default: "exact", ...laterProcess }),
    statement("weight", 2450, weight(254),
      "Positive: added while enough run. Negative: taken while they do not. 0: missing processes are FAULT.",
      { default: "0", onRepeat: "first-error", missingArgument: "reported", ...process }),
    statement("quorum", 2451, [int("count", 1, 65535)], "With fewer such processes than this the check fails; raise it for services with several workers.", { default: "1", ...process }),
    statement("quorum_max", 2452, [int("count", 0, 65535)],
      "How many may run at most; 0 turns it round: none may run.", { default: "unlimited", ...laterProcess }),
    statement("delay", 2453, [decimal(1e-6, 3600)],
      "Sets terminate_delay and fork_delay at once, so that restarts go unnoticed.", { default: "0", ...process }),
    statement("terminate_delay", 2454, [decimal(1e-6, 3600)],
      "How long too few may run before anything happens.", { default: "0", ...laterProcess }),
    statement("fork_delay", 2455, [decimal(1e-6, 3600)],
      "How long enough must run before it counts as recovered.", { default: "0", ...laterProcess }),
    flag("full_command", 2456,
      "Compares the whole command line instead of the short process name, which the kernel cuts at 15 characters.", process),
  ],
});

// prettier-ignore
const fileRows = (lines: readonly [number, number, number], since: string, more: More): readonly Keyword[] => [
  fileStatement("file", lines[0], [path("path", { dependsOnHost: true })],
    "File whose first number is read whenever it changes; a missing file counts as 0.",
    { required: true, onRepeat: "first-error", missingArgument: "reported", since, ...more }),
  fileStatement("weight", lines[1], weight(254),
    "The number is multiplied by this and added to the priority; with 0, a number other than 0 is FAULT.",
    { default: "1", onRepeat: "first-error", missingArgument: "reported", since, ...more }),
  fileStatement("init_file", lines[2],
    [arg("value", "integer", { optional: true, valueIfOmitted: "0", ...nonEmpty("a whole number") }), words("overwrite", ["overwrite"], { optional: true })],
    "Creates the file at start with this number; an existing file is left alone unless `overwrite`.",
    { anyOrder: true, default: "off", since, ...more }),
];

export const trackFiles = (): readonly Context[] => [
  { id: "track_file", keywords: fileRows([539, 540, 541], "2.1.0", {}) },
  { id: "vrrp_track_file", keywords: fileRows([546, 547, 548], "2.0.0", { buildOption: "_WITH_VRRP_" }) },
];
