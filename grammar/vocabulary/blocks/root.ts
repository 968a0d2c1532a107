/** The top level, and the small blocks that stand there. */
import { address, arg, decimal, int, MAX_SECONDS, names, networkInterface, path, port, rowsOf, str, U32, weight, words } from "../rows.ts";
import type { Context, Keyword } from "../types.ts";

const { statement, flag, block } = rowsOf("core/global_parser.c");
const vrrp = rowsOf("vrrp/vrrp_parser.c");
const check = rowsOf("check/check_parser.c");
const trackers = rowsOf("trackers/track_file.c");
const bfd = rowsOf("bfd/bfd_parser.c");
const linkbeat = { buildOption: "_WITH_LINKBEAT_" };

// prettier-ignore
const processWide = (): readonly Keyword[] => [
  block("global_defs", 2601,
    "Settings of the whole daemon; read before all else, so its place in the file does not matter, and several add up."),
  flag("linkbeat_use_polling", 2593,
    "Asks every interface for its link now and then instead of trusting the kernel's events; for very old drivers.", linkbeat),
  statement("net_namespace", 2595, [str("name")],
    "Runs keepalived in this named network namespace; only a restart can change it.",
    { onRepeat: "first", since: "1.2.24", missingArgument: "reported" }),
  statement("net_namespace_ipvs", 2596, [str("name", { optional: true })],
    "Namespace of the IPVS services when it is another one; bare means the default namespace.", { onRepeat: "first", since: "2.1.0" }),
  flag("namespace_with_ipsets", 2597,
    "Uses ipsets in a network namespace even on kernels before 3.13, which mix them up.", { since: "1.3.0" }),
  flag("use_pid_dir", 2598,
    "Puts PID files into a directory of keepalived's own, as several daemons on one host want it.", { since: "1.2.24" }),
  statement("instance", 2599, [str("name")],
    "Name of this daemon among several on the host, in the names of its PID files and in the log.",
    { onRepeat: "first", since: "1.2.24", missingArgument: "reported" }),
  statement("child_wait_time", 2600, [int("seconds", 0, U32, { unit: "seconds" })],
    "How long the parent waits for its children to end before it kills them.", { default: "5", since: "2.0.0" }),
];

// prettier-ignore
const routing = (): readonly Keyword[] => [
  vrrp.namedBlock("vrrp_instance", 2328, [names("instance")],
    "This node's part in one virtual router: its id, its priority, the addresses that move.",
    { onRepeat: "duplicate-error", missingArgument: "reported" }),
  vrrp.namedBlock("vrrp_sync_group", 2292, [names("syncGroup")],
    "Instances that fail over together, as a router with an inner and an outer address needs it.",
    { onRepeat: "duplicate-error", missingArgument: "reported" }),
  vrrp.namedBlock("vrrp_script", 2434, [names("script")],
    "A command whose exit status changes priorities; must stand before the instances that track it.", { onRepeat: "first" }),
  vrrp.namedBlock("vrrp_track_process", 2447, [names("trackProcess")],
    "A program that must run; must stand before the instances that track it.",
    { onRepeat: "first", since: "2.0.11", buildOption: "_WITH_TRACK_PROCESS_" }),
  trackers.namedBlock("track_file", 538, [names("trackFile")],
    "A file whose number changes priorities or weights; must stand before whoever tracks it.", { onRepeat: "first", since: "2.1.0" }),
  trackers.namedBlock("vrrp_track_file", 545, [names("trackFile")],
    "Name of track_file before 2.1.0, when only instances could use it.",
    {
      onRepeat: "first", aliasOf: "track_file", deprecated: { by: "track_file", note: "renamed after 2.0.20" }, since: "2.0.0",
      buildOption: "_WITH_VRRP_",
    }),
  vrrp.namedBlock("track_group", 2282, [names("trackGroup")],
    "Instances that leave MASTER when a static address, route or rule is gone.",
    { onRepeat: "duplicate-error", since: "2.0.3", missingArgument: "reported" }),
  vrrp.listBlock("static_ipaddress", 2287, "Addresses the daemon sets at start and removes at its end, whoever is master."),
  vrrp.listBlock("static_routes", 2288, "Routes the daemon sets at start and removes at its end, whoever is master."),
  vrrp.listBlock("static_rules", 2289,
    "Policy routing rules that stand as long as the daemon runs, whoever is master.", { since: "1.2.20" }),
  vrrp.block("garp_group", 2315, "Interfaces that share one pace of gratuitous ARP, for switches that drop bursts.", { since: "1.2.21" }),
  vrrp.listBlock("linkbeat_interfaces", 2324,
    "Interfaces whose link is polled instead of taken from the kernel's events.", { since: "2.0.13", ...linkbeat }),
  vrrp.listBlock("interface_up_down_delays", 2461,
    "How long a link must be down or up before anybody is told, against flapping ports.", { since: "2.2.3" }),
  bfd.namedBlock("bfd_instance", 510, [names("bfd", { maxLength: 31 })],
    "A BFD session with another machine, which notices its loss in milliseconds; must stand before its users.",
    { onRepeat: "duplicate-error", since: "2.0.0", missingArgument: "crash", buildOption: "_WITH_BFD_" }),
];

// prettier-ignore
const balancing = (): readonly Keyword[] => [
  check.block("SSL", 943,
    "Keys and certificates that SSL_GET checks present; a second block is reported and replaces the first.", { onRepeat: "last-error" }),
  check.namedBlock("virtual_server_group", 950, [names("virtualServerGroup")],
    "Addresses and firewall marks that share one virtual_server block; of two with one name the first is used.", { onRepeat: "first" }),
  check.namedBlock("virtual_server", 951, [address({ values: ["fwmark", "group"] }), port(0, { optional: true })],
    "An IPVS service: ADDRESS PORT, `fwmark` MARK or `group` NAME. A second block for the same service goes unnoticed.",
    { onRepeat: "append" }),
];

// prettier-ignore
const ssl = (): readonly Keyword[] => [
  check.statement("password", 944, [arg("password", "password")],
    "Opens the private key; stands in the file in plain text.", { onRepeat: "last-error", missingArgument: "reported" }),
  check.statement("ca", 945, [path("file", { dependsOnHost: true })],
    "Certificates of those that are trusted; files are read at start, never by `keepalived -t`.",
    { onRepeat: "last-error", missingArgument: "reported" }),
  check.statement("certificate", 946, [path("file", { dependsOnHost: true })],
    "Certificate the checks show to servers that ask for one.", { onRepeat: "last-error", missingArgument: "reported" }),
  check.statement("key", 947, [path("file", { dependsOnHost: true })],
    "Private key to `certificate`, in PEM form, for servers that ask the director who it is.", { onRepeat: "last-error", missingArgument: "reported" }),
];

const peer = [address()];
/** Whole milliseconds before 2.2.0. */
const milliseconds = (min: number) => [
  arg("milliseconds", "decimal", { min, max: 4294967, decimals: 3, decimalsSince: "2.2.0", unit: "milliseconds" }),
];
const v2 = { since: "2.0.0" } as const;
const hops = [int("ttl", 1, 255, { unit: "hops" })];

// prettier-ignore
const bfdRows = (): readonly Keyword[] => [
  bfd.statement("source_ip", 529, peer, "Address this end sends from; the other end may check it.", { default: "any", ...v2 }),
  bfd.statement("neighbor_ip", 530, peer, "The other end; without a good one the whole session is dropped.", { required: true, ...v2 }),
  bfd.statement("neighbour_ip", 531, peer, "British spelling of neighbor_ip, equally good.", { aliasOf: "neighbor_ip", ...v2 }),
  bfd.statement("min_rx", 532, milliseconds(1),
    "Fastest pace at which this end wants to receive; the slower of both ends counts.", { default: "10", ...v2 }),
  bfd.statement("min_tx", 533, milliseconds(1),
    "Fastest pace at which this end wants to send; the slower of both ends counts.", { default: "10", ...v2 }),
  bfd.statement("idle_tx", 534, milliseconds(1000),
    "Pace of packets while the session is down; a second at least.", { default: "1000", ...v2 }),
  bfd.statement("multiplier", 535, [int("count", 1, 255)],
    "Packets that may be missed before the session is down.", { default: "5", ...v2 }),
  bfd.flag("passive", 536, "Says nothing until the other end begins; not on both ends.", v2),
  bfd.statement("ttl", 537, hops,
    "Hops of outgoing packets; 255 proves to the other end that there was no router between.",
    { default: "255 (IPv4) or 64 (IPv6)", ...v2 }),
  bfd.statement("hoplimit", 538, hops,
    "The IPv6 word for ttl, with the same effect.", { default: "255 (IPv4) or 64 (IPv6)", aliasOf: "ttl", ...v2 }),
  bfd.statement("max_hops", 539, [int("hops", -1, 255, { unit: "hops" })],
    "Routers a packet may have passed on its way here; 0 means none, 255 no check.", { default: "0", ...v2 }),
  bfd.toggle("multihop", 540,
    "Uses the port for sessions over routers; both ends must agree, and it must stand before the addresses.", { since: "2.2.8" }),
  bfd.statement("weight", 542, weight(253),
    "Priority that tracking instances gain or lose with the session; 0 means FAULT.", { default: "0", buildOption: "_WITH_VRRP_", ...v2 }),
  bfd.flag("vrrp", 549,
    "The session is for instances only; without this or `checker` it is for both.",
    { default: "on unless checker is given", buildOption: "_WITH_VRRP_", ...v2 }),
  bfd.flag("checker", 552,
    "The session is for checkers only; without this or `vrrp` it is for both.",
    { default: "on unless vrrp is given", buildOption: "_WITH_LVS_", ...v2 }),
];

const garp = { since: "1.2.21" } as const;
// prettier-ignore
const garpRows = (): readonly Keyword[] => [
  vrrp.statement("garp_interval", 2316, [decimal(0, MAX_SECONDS)],
    "Least time between two gratuitous ARP packets on these interfaces together.", garp),
  vrrp.statement("gna_interval", 2317, [decimal(0, MAX_SECONDS)],
    "Least time between two IPv6 neighbour announcements on these interfaces together.", garp),
  vrrp.statement("interface", 2318, [networkInterface()],
    "One more interface of the group; an interface can be in one group only.", { onRepeat: "append", ...garp }),
  vrrp.listBlock("interfaces", 2319, "Interfaces that share the group's pause between gratuitous ARPs, several to a line if you like.", garp),
];

const required = { required: true } as const;
// prettier-ignore
export const root = (): readonly Context[] => [
  { id: "", keywords: [...processWide(), ...routing(), ...balancing()] },
  { id: "SSL", keywords: ssl() },
  { id: "bfd_instance", keywords: bfdRows() },
  { id: "garp_group", keywords: garpRows() },
  {
    id: "garp_group/interfaces",
    wordList: true,
    entry: vrrp.option("<interface>", 2319, [networkInterface({ repeated: true })],
      "Interfaces that share the group's pace.", { ...required, ...garp }),
    keywords: [],
  },
  {
    id: "linkbeat_interfaces",
    entry: vrrp.option("<interface>", 185,
      [networkInterface(), words("type", ["MII", "ETHTOOL", "IOCTL"], { optional: true, valueIfOmitted: "the best that works" })],
      "An interface to poll and, if it must be, the way to ask it.", { ...required, since: "2.0.13" }),
    keywords: [],
  },
  {
    id: "interface_up_down_delays",
    entry: vrrp.option("<interface>", 2222,
      [networkInterface(), decimal(0, 255, { name: "down" }), decimal(0, 255, { name: "up", optional: true, valueIfOmitted: "0" })],
      "An interface, the delay of a loss of link, and the delay of its return.", { ...required, since: "2.2.3" }),
    keywords: [],
  },
];
