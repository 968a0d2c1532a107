/** virtual_server, virtual_server_group and real_server: the IPVS services and who serves them. */
import {
  address,
  arg,
  checkTime,
  int,
  I32,
  MAX_LONG_SECONDS,
  MAX_SECONDS,
  port,
  refersTo,
  rowsOf,
  seconds,
  str,
  U32,
  words,
} from "../rows.ts";
import type { Argument, Context, Keyword } from "../types.ts";
import { checkerBlocks } from "./checkers.ts";

const { statement, flag, toggle, script, namedBlock } = rowsOf("check/check_parser.c");
const { option } = rowsOf("check/check_data.c");

const SCHEDULERS = ["rr", "wrr", "lc", "wlc", "lblc", "sh", "mh", "dh", "fo", "ovf", "lblcr", "sed", "nq", "twos"];
const scheduler = [words("algo", SCHEDULERS)];
/** Tunnel options are for TUN only, in any order. */
const forwarding: readonly Argument[] = [
  words("kind", ["NAT", "DR", "TUN"]),
  words("type", ["ipip", "gue", "gre"], { optional: true, introducedBy: "type" }),
  port(1, { optional: true, introducedBy: "port" }),
  words("checksum", ["nocsum", "csum", "remcsum"], { optional: true }),
];
const serverAddress = [address(), port(0, { optional: true })];
const schedulerFlag = { since: "1.3.0", buildOption: "IP_VS_SVC_F_SCHED1" };
const maglevFlag = { since: "2.0.20", buildOption: "IP_VS_SVC_F_SCHED1" };
const snmp = { onRepeat: "last-error", missingArgument: "reported", since: "2.2.3", buildOption: "_WITH_SNMP_CHECKER_" } as const;
const v137 = { since: "1.3.7" } as const;
const hostName = { onRepeat: "last-error", missingArgument: "reported" } as const;

// prettier-ignore
const balancing = (): readonly Keyword[] => [
  statement("ip_family", 953, [words("family", ["inet", "inet6"])],
    "IPv4 or IPv6 for a service that is a firewall mark, which has no address to tell by.",
    { default: "from the addresses", since: "1.2.20" }),
  statement("lb_algo", 960, scheduler,
    "Which server the next connection goes to. Without it wlc is taken and an error reported.", { default: "wlc" }),
  statement("lvs_sched", 961, scheduler,
    "Another word for lb_algo; of the two the last one counts.", { default: "wlc", aliasOf: "lb_algo" }),
  flag("hashed", 963, "Has no effect of its own and is reported unless the scheduler is sh or mh.", { since: "1.3.0" }),
  flag("ops", 964, "Every UDP packet chooses its server anew, as DNS and SIP like it; nothing for TCP.", { since: "1.2.8" }),
  flag("flag-1", 966, "First raw flag of the scheduler, for kernels newer than this list.", schedulerFlag),
  flag("flag-2", 967, "Second raw flag of the scheduler, for kernels newer than this list.", schedulerFlag),
  flag("flag-3", 968, "Third raw flag of the scheduler, for kernels newer than this list.", schedulerFlag),
  flag("sh-port", 969, "Source hashing takes the port into account too; only behind `lb_algo sh`.", schedulerFlag),
  flag("sh-fallback", 970,
    "Source hashing tries another server when the chosen one has weight 0; only behind `lb_algo sh`.", schedulerFlag),
  flag("mh-port", 971, "Maglev hashing takes the port into account too; only behind `lb_algo mh`.", maglevFlag),
  flag("mh-fallback", 972, "Maglev hashing tries another server when the chosen one has weight 0; only behind `lb_algo mh`.", maglevFlag),
  statement("lb_kind", 974, forwarding,
    "How packets reach the servers: NAT must come back through here, DR needs the address on the servers without ARP, TUN a tunnel.",
    { default: "NAT" }),
  statement("lvs_method", 975, forwarding, "Another word for lb_kind: NAT, DR or TUN.", { default: "NAT", aliasOf: "lb_kind" }),
  statement("persistence_engine", 976, [str("name", { maxLength: 16 })],
    "Kernel module that finds out what belongs together, such as sip; turns persistence on by what is in the packets.",
    { since: "1.2.20" }),
  statement("persistence_timeout", 977, [seconds(1, 2678400, { optional: true, valueIfOmitted: "360" })],
    "How long a client keeps its server. 0 is refused: leave the line out to have no persistence.", { default: "off" }),
  statement("persistence_granularity", 978, [arg("mask", "netmask")],
    "Clients that share these leading bits share a server: a dotted mask, or a prefix length for IPv6. Turns persistence on.",
    { default: "255.255.255.255" }),
  statement("protocol", 979, [words("protocol", ["TCP", "UDP", "SCTP"], { ignoreCase: true })],
    "Transport of the service; left out it is UDP and an error is reported.", { default: "UDP" }),
  statement("nat_mask", 307, [arg("mask", "netmask")],
    "Did nothing in its last releases; since 1.2.20 it is an unknown keyword that can simply go.", { removed: "1.2.20" }),
  statement("weight", 994, [int("weight", 1, I32)], "Weight of every real server that names none.", { default: "1", ...v137 }),
];

// prettier-ignore
const health = (): readonly Keyword[] => [
  statement("retry", 954, [int("count", 1, U32)],
    "Failed attempts beyond the first before a server counts as down, for checkers that say nothing themselves.",
    { default: "1, DNS 3, MISC 0", ...v137 }),
  statement("delay_before_retry", 955, [checkTime(0, MAX_LONG_SECONDS)],
    "Pause before a failed check is tried again, shorter than delay_loop as a rule.",
    { default: "1, HTTP and SSL 3, DNS delay_loop", ...v137 }),
  statement("warmup", 956, [checkTime(0, MAX_LONG_SECONDS)],
    "First checks wait a random time up to this, so that not all servers are asked at once.", { default: "delay_loop", ...v137 }),
  statement("connect_timeout", 957, [checkTime(1e-6, MAX_SECONDS)],
    "How long checkers wait for a connection.", { default: "5", since: "2.0.13" }),
  statement("delay_loop", 958, [checkTime(1e-6, MAX_LONG_SECONDS)],
    "Time between checks of one server; the default of a minute is what a failure costs at worst.", { default: "60" }),
  flag("inhibit_on_failure", 959,
    "A failed server stays in the table with weight 0, so open connections live on. Takes no value here.", v137),
  flag("ha_suspend", 980, "Stops the checks as long as this node does not hold the address; nothing for firewall mark services."),
  flag("alpha", 988, "Servers count as down until their first check succeeds. Takes no value here."),
  flag("omega", 989, "Runs the down scripts and mails when keepalived itself stops."),
  script("quorum_up", 990, "Run when enough weight is alive again; command and arguments in one quoted word."),
  script("quorum_down", 991, "Run when too little weight is alive; the sorry server comes in at the same moment."),
  statement("quorum", 992, [int("count", 1, U32)],
    "Total weight of living servers below which the service counts as down; weights, not servers, are added.", { default: "1" }),
  statement("hysteresis", 993, [int("count", 0, U32)],
    "How far the weight must rise above the quorum to count as up, or fall below to count as down; less than the quorum.",
    { default: "0" }),
  toggle("smtp_alert", 981,
    "Mails when the service gains or loses its quorum.", { default: "smtp_alert_checker, else smtp_alert, else false", since: "2.0.0" }),
  statement("virtualhost", 982, [str("host")], "Host header of HTTP and SSL checks that name none.", hostName),
  statement("snmp_name", 984, [str("name")], "What monitoring sees in the SNMP table instead of an address and a port only.", snmp),
];

// prettier-ignore
const servers = (): readonly Keyword[] => [
  statement("sorry_server", 997, serverAddress, "Who gets the traffic while no real server lives; itself never checked."),
  flag("sorry_server_inhibit", 998,
    "Keeps the sorry server in the table with weight 0 all the time; must come behind sorry_server.", { since: "1.2.13" }),
  statement("sorry_server_lvs_method", 999, forwarding,
    "Forwarding of the sorry server where it differs; must come behind sorry_server.", { default: "lb_kind", since: "1.3.6" }),
  namedBlock("real_server", 1000, serverAddress,
    "One machine that serves. With DR and TUN its port must be the service's; firewall mark services name none.",
    { required: true, onRepeat: "append" }),
];

// prettier-ignore
const realServerRows = (): readonly Keyword[] => [
  statement("weight", 1002, [int("weight", 0, I32)],
    "Share of the connections; 0 takes no new ones and keeps the open ones.", { default: "weight of the virtual server" }),
  statement("lvs_method", 1003, forwarding,
    "Forwarding to this server where it differs from the others.", { default: "lb_kind", since: "1.3.6" }),
  statement("uthreshold", 1004, [int("count", 0, U32)],
    "Connections at which the kernel stops sending more; 0 has no limit.", { default: "0" }),
  statement("lthreshold", 1005, [int("count", 0, U32)],
    "Connections to which a server that was full must fall before it gets more.", { default: "0" }),
  toggle("inhibit_on_failure", 1006,
    "On failure the weight becomes 0 and the server stays in the table, so open connections live on.",
    { default: "of the virtual server" }),
  script("notify_up", 1007, "Run when the checks find the server alive; command and arguments in one quoted word."),
  script("notify_down", 1008, "Run when a check fails for good: the place to step down a node whose local service died."),
  toggle("alpha", 1009, "The server counts as down until its first check succeeds.", { default: "of the virtual server", ...v137 }),
  statement("retry", 1010, [int("count", 1, U32)],
    "Failed attempts beyond the first before the server counts as down; 0 only inside a checker.",
    { default: "of the virtual server", ...v137 }),
  statement("delay_before_retry", 1011, [checkTime(0, MAX_LONG_SECONDS)],
    "Pause before a failed check of this server is tried again.", { default: "of the virtual server", ...v137 }),
  statement("warmup", 1012, [checkTime(0, MAX_LONG_SECONDS)],
    "The first check of this server waits a random time up to this.", { default: "of the virtual server", ...v137 }),
  statement("connect_timeout", 1013, [checkTime(1e-6, MAX_SECONDS)],
    "How long this server's checkers wait for a connection.", { default: "of the virtual server", since: "2.0.13" }),
  statement("delay_loop", 1014, [checkTime(1e-6, MAX_LONG_SECONDS)],
    "Time between checks of this server.", { default: "of the virtual server", ...v137 }),
  toggle("smtp_alert", 1015,
    "Mails when this server goes up or down. Unlike everywhere else, that is on unless switched off.",
    { default: "smtp_alert_checker, else smtp_alert, else true", since: "2.0.0" }),
  statement("virtualhost", 1016, [str("host")],
    "Host header of this server's HTTP and SSL checks.", { default: "of the virtual server", since: "1.3.6", ...hostName }),
  statement("snmp_name", 1018, [str("name")], "What monitoring sees in the SNMP table instead of the server's address and port only.", snmp),
  ...checkerBlocks(),
];

// prettier-ignore
const headerForms = (): readonly Keyword[] => [
  option("fwmark", 781, [int("mark", 0, U32)],
    "Service of all packets with this firewall mark; something else on the host must set the mark."),
  option("group", 781, [refersTo("virtualServerGroup", "name")],
    "Service of all addresses and marks of a virtual_server_group, which may stand further down."),
];

// prettier-ignore
export const virtualServerGroup = (): Context => ({
  id: "virtual_server_group",
  entry: option("<address>", 198, [arg("address", "address-range"), port(0, { optional: true })],
    "An address, a range A-LAST or A-B, or a network A/PREFIX without host bits; then the port, or none for all."),
  keywords: [
    option("fwmark", 219, [int("mark", 0, U32), words("family", ["inet", "inet6"], { optional: true })],
      "All packets with this firewall mark; the family may follow.", { isEntry: true }),
  ],
});

export const virtualServer = (): Context => ({
  id: "virtual_server",
  keywords: [...balancing(), ...health(), ...servers()],
  forms: headerForms(),
});

export const realServer = (): Context => ({ id: "virtual_server/real_server", keywords: realServerRows() });
