/** global_defs: what holds for the whole daemon. The words of single subsystems are in the files beside this one. */
import { arg, command, decimal, int, nonEmpty, path, port, rowsOf, seconds, str, U32, userAndGroup, words } from "../rows.ts";
import type { Argument, Context, Keyword } from "../types.ts";
import { globalLvs } from "./global-lvs.ts";
import { globalProcesses } from "./global-processes.ts";
import { globalVrrp } from "./global-vrrp.ts";

const { statement, flag, toggle, script, listBlock, option } = rowsOf("core/global_parser.c");
const reported = { missingArgument: "reported" } as const;
const fifo = [path("path"), ...userAndGroup];
const once = { onRepeat: "first-error", missingArgument: "reported" } as const;
const vrrp = { buildOption: "_WITH_VRRP_" };
const lvs = { buildOption: "_WITH_LVS_" };
const whole = { buildOption: "!_ONE_PROCESS_DEBUG_" };

const hook: readonly Argument[] = [{ ...command, ...nonEmpty("a command") }, ...userAndGroup];
const dump = path("path", nonEmpty("a path"));

const umask = {
  test: (word: string) =>
    /^\d/u.test(word)
      ? /^(?:0[0-7]{0,3}|[1-9]\d{0,2}|0x[0-9a-f]{1,3})$/iu.test(word) && Number(/^0\d/u.test(word) ? `0o${word.slice(1)}` : word) <= 0o777
      : word !== "" && /^\|?(?:I(?:[RWX](?:USR|GRP|OTH)|RWX[UGO])(?:\||$))*$/u.test(word),
  what: "a mask: 0 to 0777, or names such as IRWXO|IWGRP",
};

// prettier-ignore
const mail = (): readonly Keyword[] => [
  statement("router_id", 2615, [str("name")],
    "Name of this node in mails and SNMP; it plays no part in VRRP, but two nodes of one name confuse the reader.",
    { default: "host name", ...reported }),
  statement("notification_email_from", 2616, [arg("address", "email")],
    "Sender of the mails; the default rarely gets past a relay.", { default: "user@host", ...reported }),
  statement("smtp_server", 2617, [str("host"), port(1, { optional: true, valueIfOmitted: "25" })],
    "Relay for the mails; a name is resolved while the configuration is read. No TLS, no login."),
  statement("smtp_helo_name", 2618, [str("name", { optional: true })],
    "What the daemon calls itself towards the relay.", { default: "host name", since: "1.2.20" }),
  statement("smtp_connect_timeout", 2619, [seconds(0, 4294, { zeroBecomes: 1 })],
    "How long a mail waits for the relay; 0 becomes 1.", { default: "30" }),
  listBlock("notification_email", 2620, "Who gets the mails; without recipients none is sent whatever smtp_alert says."),
  toggle("smtp_alert", 2621,
    "Default of every smtp_alert further down; real servers mail even without it.", { default: "not set", since: "2.0.0" }),
  toggle("smtp_alert_vrrp", 2629,
    "The same for instances and sync groups only, and stronger than smtp_alert.", { default: "not set", since: "2.0.0", ...vrrp }),
  toggle("smtp_alert_checker", 2632,
    "The same for virtual and real servers only, and stronger than smtp_alert.", { default: "not set", since: "2.0.0", ...lvs }),
  flag("no_email_faults", 2637, "Sends no mail about the FAULT state.", { since: "2.0.0", ...vrrp }),
  toggle("no_checker_emails", 2776, "Mails when a server changes, not for each of its checkers.", { since: "2.0.0", ...lvs }),
];

// prettier-ignore
const scripts = (): readonly Keyword[] => [
  statement("script_user", 2758, [arg("user", "user", { dependsOnHost: true }), ...userAndGroup.slice(1)],
    "Who runs scripts that name nobody; without it the account keepalived_script, else root.",
    { default: "keepalived_script, else the daemon's user", since: "1.3.0", ...reported }),
  flag("enable_script_security", 2759,
    "Refuses scripts that root would run though others could change them, or any folder above them.", { since: "1.3.0" }),
  statement("startup_script", 2622, hook, "Run once, before anything else; the daemon waits for it.", { since: "2.1.0", ...once }),
  statement("startup_script_timeout", 2623, [seconds(1, 1000)],
    "Nothing of keepalived starts before startup_script has ended; this bounds the wait.", { default: "10", since: "2.1.0", ...reported }),
  statement("shutdown_script", 2624, hook, "Run last, when all children have ended.", { since: "2.1.0", ...once }),
  statement("shutdown_script_timeout", 2625, [seconds(1, 1000)],
    "How long the end waits for shutdown_script.", { default: "10", since: "2.1.0", ...reported }),
  toggle("use_symlink_paths", 2614,
    "Runs scripts by the path as written instead of the resolved one, for links that are switched over.", { since: "2.3.0" }),
  statement("notify_fifo", 2705, fifo,
    "Pipe that gets a line for every change of instances and services, in order; scripts may overtake each other.",
    { since: "1.3.6", ...once }),
  script("notify_fifo_script", 2706,
    "Started with the pipe's path as argument to read it; ended with the daemon.", { since: "1.3.6", ...reported }),
  statement("vrrp_notify_fifo", 2708, fifo, "Pipe for changes of instances and groups alone.", { since: "1.3.6", ...once, ...vrrp }),
  script("vrrp_notify_fifo_script", 2709, "Program that is started to read vrrp_notify_fifo: one that lives on, instead of one start for each change.", { since: "1.3.6", ...reported, ...vrrp }),
  statement("lvs_notify_fifo", 2714, fifo, "Pipe for changes of virtual and real servers alone.", { since: "1.3.6", ...once, ...lvs }),
  script("lvs_notify_fifo_script", 2715, "Program that is started to read lvs_notify_fifo: one that lives on, instead of one start for each change.", { since: "1.3.6", ...reported, ...lvs }),
  toggle("vrrp_notify_priority_changes", 2710,
    "Default of notify_priority_changes for all instances and groups.", { since: "2.0.16", ...vrrp }),
  flag("fifo_write_vrrp_states_on_reload", 2711, "Writes all states into the pipes once more after a reload.", { since: "2.2.5", ...vrrp }),
];

const snmp = { buildOption: "_WITH_SNMP_ && _WITH_SNMP_VRRP_" };
const snmpChecker = { since: "2.3.0", buildOption: "_WITH_SNMP_ && _WITH_SNMP_CHECKER_" };
const v120 = { since: "1.2.20" } as const;
const dbus = { buildOption: "_WITH_DBUS_" };

// prettier-ignore
const reporting = (): readonly Keyword[] => [
  statement("snmp_socket", 2732, [str("socket")],
    "Where the SNMP master agent listens, as net-snmp writes it: unix:/path or udp:host:port.",
    {
      default: "net-snmp's own, udp:localhost:705 in a network namespace", onRepeat: "first-error", ...reported, ...v120,
      buildOption: "_WITH_SNMP_",
    }),
  flag("enable_traps", 2733, "Sends traps on changes; a master agent must be there.", { since: "1.2.5", buildOption: "_WITH_SNMP_" }),
  flag("enable_snmp_vrrp", 2735, "Serves keepalived's own table of instances.", { since: "2.0.0", ...snmp }),
  flag("enable_snmp_keepalived", 2736,
    "Name of enable_snmp_vrrp before 2.0.0, still read.",
    { aliasOf: "enable_snmp_vrrp", deprecated: { by: "enable_snmp_vrrp", note: "renamed" }, ...v120, ...snmp }),
  flag("enable_snmp_rfc", 2739,
    "Serves both standard tables of virtual routers, for version 2 and 3.", { ...v120, buildOption: "_WITH_SNMP_ && _WITH_SNMP_RFC_" }),
  flag("enable_snmp_rfcv2", 2742,
    "Serves the standard table for version 2 (RFC 2787).", { ...v120, buildOption: "_WITH_SNMP_ && _WITH_SNMP_RFCV2_" }),
  flag("enable_snmp_rfcv3", 2745,
    "Serves the standard table for version 3 (RFC 6527).", { ...v120, buildOption: "_WITH_SNMP_ && _WITH_SNMP_RFCV3_" }),
  flag("enable_snmp_checker", 2748,
    "Serves the table of virtual and real servers.", { ...v120, buildOption: "_WITH_SNMP_ && _WITH_SNMP_CHECKER_" }),
  statement("snmp_vs_stats_update_interval", 2749, [decimal(0.001, 30)],
    "How old the counters of virtual servers may be in SNMP answers.", { default: "5", ...snmpChecker }),
  statement("snmp_rs_stats_update_interval", 2750, [decimal(0.001, 30)],
    "How old the counters of real servers may be in SNMP answers.", { default: "snmp_vs_stats_update_interval", ...snmpChecker }),
  flag("enable_dbus", 2754, "Offers the instances on the system's message bus, with signals on changes.", { since: "1.3.0", ...dbus }),
  statement("dbus_service_name", 2755, [str("name")],
    "Bus name, which must differ between daemons of one host and be allowed by a policy file.",
    { default: "org.keepalived.Vrrp1", since: "1.3.7", ...reported, ...dbus }),
  statement("dbus_no_interface_name", 2756, [str("name")],
    "Stands for the interface in bus paths of instances that have none.", { since: "2.3.0", ...reported, ...dbus }),
  statement("state_dump_file", 2809, [dump],
    "Where SIGUSR1 writes what the daemon thinks it is configured to do, and the state it is in.", { default: "/tmp/keepalived.data", since: "2.3.3", ...reported }),
  statement("stats_dump_file", 2810, [dump],
    "Where SIGUSR2 writes the counters.", { default: "/tmp/keepalived.stats", since: "2.3.3", ...reported }),
  statement("json_dump_file", 2811, [dump],
    "Where the VRRP state goes as JSON, in builds that can; `keepalived --signum=JSON` names the signal that asks for it.", { default: "/tmp/keepalived.json", since: "2.3.3", ...reported }),
  statement("json_version", 2803, [int("version", 1, 2)],
    "Layout of the JSON: 2 puts instances below a name instead of a bare list.",
    { default: "1", since: "2.2.8", ...reported, buildOption: "_WITH_JSON_" }),
  toggle("data_use_instance", 2801,
    "Puts instance name and network namespace into the names of the dump files, for several daemons on a host.", { since: "2.2.3" }),
];

const INCLUDE_FLAGS = ["read", "match", "wildcard_match", "brace_match"].flatMap((name) => [name, `+${name}`, `-${name}`]);
// prettier-ignore
const configuration = (): readonly Keyword[] => [
  statement("umask", 2790, [str("mask", { repeated: true, form: umask })],
    "Permissions that new files do not get: a number (octal with a leading 0), or names such as IRWXO joined by |.",
    { default: "0177", since: "2.0.9", ...reported }),
  statement("random_seed", 2791, [int("seed", 0, U32)],
    "Meant to make ${_RANDOM} repeatable; has no effect, because it is read after the generator started.",
    { default: "the clock", since: "2.0.15" }),
  statement("reload_check_config", 2793, [path("logfile", { optional: true, valueIfOmitted: "/dev/null" })],
    "Tests a changed configuration before it takes its place on reload; what is wrong goes into the file.",
    { default: "off", since: "2.2.0", ...whole }),
  statement("reload_time_file", 2794, [path("path")],
    "File with the time of the next reload, so that all nodes reload at once.", { since: "2.1.0", ...reported, ...whole }),
  flag("reload_repeat", 2795,
    "Keeps reload_time_file after the reload, so that a time without a date means every day.", { since: "2.1.0", ...whole }),
  statement("reload_file", 2796, [path("path", { optional: true })],
    "File that exists while the configuration is being read, for tools that write it.", { default: "off", since: "2.2.0", ...whole }),
  statement("include_check", 2797, [words("flag", INCLUDE_FLAGS, { optional: true, repeated: true, valueIfOmitted: "all" })],
    "Which kinds of failed includes end the start; + and - change what was set before.",
    { onRepeat: "merge", since: "2.2.0", missingArgument: "ignored", ...whole }),
  statement("config_save_dir", 2798, [path("directory", { dependsOnHost: true })],
    "Keeps copies of configuration and state around each reload, passwords included; meant for debugging.", { since: "2.2.3", ...whole }),
  statement("tmp_config_directory", 2800, [path("directory", { dependsOnHost: true })],
    "Where the cleaned copy for the child processes lies instead of in memory.",
    { default: "memory", onRepeat: "first-error", since: "2.2.0", missingArgument: "ignored" }),
];

export const globalDefs = (): readonly Context[] => [
  {
    id: "global_defs",
    keywords: [...mail(), ...scripts(), ...globalVrrp(), ...globalLvs(), ...globalProcesses(), ...reporting(), ...configuration()],
  },
  {
    id: "global_defs/notification_email",
    wordList: true,
    entry: option("<address>", 2620, [arg("address", "email", { repeated: true })], "Recipients; several to a line will do."),
    keywords: [],
  },
];
