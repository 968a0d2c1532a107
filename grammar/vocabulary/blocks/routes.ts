/** Lines of virtual_routes and static_routes, in the manner of `ip route`. */
import { address, arg, int, networkInterface, refersTo, rowsOf, str, U32, U64, words } from "../rows.ts";
import type { Argument, Context, ContextId, Keyword } from "../types.ts";
import { SCOPES } from "./addresses.ts";

const { option } = rowsOf("vrrp/vrrp_iproute.c");
// prettier-ignore
const TYPES = [
  "local", "nat", "broadcast", "brd", "anycast", "multicast", "prohibit", "unreachable", "blackhole", "xresolve", "unicast", "throw",
];
export const ANYWHERE = ["default", "any", "all", "default6"];
/** In this place since `ip route` options came in one go. */
const v124 = { since: "1.2.24" } as const;
const lock = words("lock", ["lock"], { optional: true });
const lockable = (name: string): readonly Argument[] => [lock, int(name, 0, U32)];
/** The daemon takes 200 ms to 960 s (lib: vrrp_ip_rule_route_parser.c:143); a plain number counts parts of a millisecond. */
const time = (parts: number): readonly Argument[] => [
  lock,
  str("time", { form: { test: (word) => isTime(word, parts), what: timeForm(parts) } }),
];
const isTime = (word: string, parts: number): boolean => {
  const found = /^(\d*(?:\.\d*)?)(m?)(s(?:ecs?)?)?$/iu.exec(word);
  if (found === null || !/\d/u.test(found[1]!) || (found[2] !== "" && found[3] === undefined)) return false;
  const milliseconds = found[3] === undefined ? Number(found[1]) / parts : Number(found[1]) * (found[2] === "" ? 1000 : 1);
  return milliseconds >= 200 && milliseconds <= 960_000;
};
const timeForm = (parts: number): string =>
  `a time of 200ms to 960s${parts === 1 ? " (or a plain number of milliseconds)" : ` (or a plain number of ${parts}ths of a millisecond)`}`;
const labels = {
  test: (word: string) => word.split("/").length <= 16 && word.split("/").every(isLabel),
  what: "a stack of MPLS labels such as 100/200",
};
const isLabel = (text: string): boolean => /^\d{1,7}$/u.test(text) && Number(text) < 1_048_576;
const locator = {
  test: (word: string) => /^(?:[0-9a-f]{1,4}:){3}[0-9a-f]{1,4}$/iu.test(word),
  what: "a locator of four groups of hexadecimal digits",
};
const type = words("type", TYPES, { optional: true });
const gateway = [words("family", ["inet", "inet6"], { optional: true }), address({ exact: true })];
const serviceType = {
  test: (word: string) => /^[a-z_]/iu.test(word) || isByte(word),
  what: "a number from 0 to 255, nor a name that rt_dsfield could have",
};
const isByte = (word: string): boolean =>
  /^(?:0x[0-9a-f]{1,4}|\d{1,4})$/iu.test(word) && Number(/^0\d/u.test(word) ? `0o${word}` : word) <= 255;
export const dsfield = [str("value", { form: serviceType, dependsOnHost: true })];
export const table = [str("table", { dependsOnHost: true })];
export const realms = [str("realms", { dependsOnHost: true })];
/** Behind `inet` and `inet6` the daemon goes on with the word after the next one (vrrp_iproute.c:1398). */
export const skipped = [str("skipped", { optional: true })];
const metric = [int("value", 0, U32)];
const encap: readonly Argument[] = [words("type", ["ip", "ip6", "mpls", "ila"])];
const encapBuild = { ...v124, buildOption: "HAVE_DECL_RTA_ENCAP" };

const entry = (): Keyword =>
  option(
    "<destination>",
    1828,
    [type, arg("destination", "address-prefix", { values: ANYWHERE })],
    "Where the route leads; may stand anywhere on the line, with a route type before it.",
    { required: true },
  );

// prettier-ignore
const path = (): readonly Keyword[] => [
  option("inet6", 1391, skipped, "Makes the route IPv6, but the daemon skips the word behind it: write a throw-away word there.",
    { default: "from the addresses", ...v124 }),
  option("inet", 1400, skipped, "Makes the route IPv4, but the daemon skips the word behind it: write a throw-away word there.",
    { default: "from the addresses", ...v124 }),
  option("src", 1409, [address({ exact: true })],
    "Source address the kernel takes for its own packets over this route; usually the virtual address."),
  option("as", 1424, [words("to", ["to"], { optional: true }), address()],
    "Meant for MPLS and never supported: always reported, and ignored.",
    { deprecated: { note: "never supported: keepalived reports it and goes on without" }, ...v124 }),
  option("to", 1425, [arg("destination", "address-prefix", { values: ANYWHERE })],
    "May precede the destination; with a route type between them the line is refused, so leave `to` out then."),
  option("via", 1433, gateway, "Next router on the way; its family may differ from the route's when named before it."),
  option("gw", 1433, gateway,
    "Early spelling of via, still read and reported.", { aliasOf: "via", deprecated: { by: "via", note: "reported since via came" } }),
  option("from", 1472, [arg("address", "address-prefix", { values: ANYWHERE })],
    "Only packets with such a source take the route; the kernel knows that for IPv6 alone.", v124),
  option("tos", 1491, dsfield, "Route for packets with this type of service only; a name is looked up in the host's rt_dsfield.", { default: "0", ...v124 }),
  option("dsfield", 1491, dsfield, "Modern spelling of tos: the route counts for packets marked like this.", { default: "0", aliasOf: "tos", ...v124 }),
  option("table", 1501, table,
    "Routing table to put the route in; without a rule that asks that table it has no effect.", { default: "main" }),
  option("protocol", 1508, [str("protocol", { dependsOnHost: true })],
    "Who set the route; the daemon insists on its own number 18 unless the route is no_track.", { default: "keepalived (18)", ...v124 }),
  option("scope", 1516, [arg("scope", "enum-or-number", { min: 0, max: 255, values: SCOPES, dependsOnHost: true })],
    "How far the destination is: link for neighbours, global behind routers; IPv4 only.", { default: "global" }),
  option("metric", 1525, metric, "Of several routes to one destination the lowest wins.", { default: "0" }),
  option("priority", 1526, metric,
    "Another word for metric; nothing to do with the VRRP priority.", { default: "0", aliasOf: "metric", ...v124 }),
  option("preference", 1527, metric, "Another word for metric: the lowest number wins.", { default: "0", aliasOf: "metric", ...v124 }),
  option("dev", 1532, [networkInterface()],
    "Interface the packets leave through; with it the route is watched and set again when it disappears."),
  option("oif", 1532, [networkInterface()], "Another word for dev: the interface packets leave through.", { aliasOf: "dev" }),
  option("onlink", 1541, [],
    "Takes the gateway for a direct neighbour although no address of the interface says so.", { default: "off", ...v124 }),
  option("encap", 1545, encap, "Wraps packets on this route into a tunnel header; options of the kind follow.", encapBuild),
];

// prettier-ignore
const tuning = (): readonly Keyword[] => [
  option("expires", 1552, [int("seconds", 0, U32, { unit: "seconds" })],
    "The kernel drops the IPv6 route after this time, and keepalived does not renew it.",
    { ...v124, buildOption: "HAVE_DECL_RTA_EXPIRES" }),
  option("mtu", 1567, lockable("value"), "Largest packet on this route; `lock` switches path MTU discovery off.", v124),
  option("hoplimit", 1576, [int("value", 0, 255, { unit: "hops" })], "Hops given to packets the host itself sends here.", v124),
  option("advmss", 1582, lockable("value"), "Segment size TCP announces to the other side, for links with a smaller MTU further on.", v124),
  option("rtt", 1591, time(8), "First guess of the round trip time; a plain number counts eighths of a millisecond.", v124),
  option("rttvar", 1602, time(4), "First guess of how much the round trip varies; a plain number counts quarters of a millisecond.", v124),
  option("reordering", 1613, lockable("value"), "How many packets may arrive out of order before TCP calls it a loss.", v124),
  option("window", 1622, [int("value", 0, U32, { unit: "bytes" })],
    "Upper limit of what TCP lets the other side send unacknowledged.", v124),
  option("cwnd", 1627, lockable("value"), "Clamp on the congestion window in packets; without `lock` the kernel ignores it.", v124),
  option("ssthresh", 1636, lockable("value"), "Where TCP slow start hands over to congestion avoidance.", v124),
  option("realms", 1645, realms,
    "Marks for traffic accounting and tc, as TO or FROM/TO; IPv4 only, names from the host's rt_realms.", v124),
  option("rto_min", 1656, time(1), "Shortest time TCP waits before it sends again.", v124),
  option("initcwnd", 1667, [int("value", 0, U32)], "Packets TCP sends at once on a new connection.", v124),
  option("initrwnd", 1672, [int("value", 0, U32)], "Window a new TCP connection offers, in packets.", v124),
  option("features", 1678, [words("feature", ["ecn"])],
    "Asks for explicit congestion notification on TCP connections over this route.", v124),
  option("quickack", 1685, [int("value", 0, 1)],
    "With 1 every packet is acknowledged at once, with 0 TCP may wait and combine.", { ...v124, buildOption: "HAVE_DECL_RTAX_QUICKACK" }),
  option("congctl", 1696, [lock, str("name")],
    "Congestion control algorithm for TCP here; the kernel module must be there.", { ...v124, buildOption: "HAVE_DECL_RTAX_CC_ALGO" }),
  option("pref", 1709, [arg("value", "enum-or-number", { min: 0, max: 255, values: ["low", "medium", "high"] })],
    "Rank among IPv6 default routes, as router advertisements give it.", { ...v124, buildOption: "HAVE_DECL_RTA_PREF" }),
  option("ttl-propagate", 1733, [words("value", ["enabled", "disabled"])],
    "Whether the packet's TTL shows up in the MPLS label.", { since: "2.0.8", buildOption: "HAVE_DECL_RTA_TTL_PROPAGATE" }),
  option("fastopen_no_cookie", 1748, [int("value", 0, 1)],
    "With 1 TCP fast open sends data without having got a cookie first.",
    { since: "1.4.3", buildOption: "HAVE_DECL_RTAX_FASTOPEN_NO_COOKIE" }),
];

// prettier-ignore
const handling = (): readonly Keyword[] => [
  option("add", 1759, [], "Refuses to set the route when an equal one is there already.", { default: "prepend", since: "2.2.5" }),
  option("prepend", 1764, [],
    "Puts the route before equal ones, so that it is used; what happens anyway.", { default: "prepend", since: "2.2.5" }),
  option("append", 1768, [], "Puts the route behind equal ones, as a fallback.", { default: "prepend", since: "2.2.5" }),
  option("or", 1773, [address({ exact: true })],
    "Early way to name a second gateway, still read.", { deprecated: { by: "nexthop", note: "write nexthop via … for each gateway" } }),
  option("nexthop", 1801, [],
    "One of several ways to share the load; each has its own via, dev and weight, and nothing else may follow.", v124),
  option("no_track", 1808, [],
    "Nobody minds when the route disappears; otherwise that ends the MASTER state.", { default: "off", since: "2.0.3" }),
  option("vrf", 1820, [networkInterface({ name: "name" })],
    "Puts the route into the table of this VRF device.", { since: "2.2.5", buildOption: "_HAVE_VRF_" }),
];

const trackGroup = (): Keyword =>
  option(
    "track_group",
    1810,
    [refersTo("trackGroup", "group")],
    "Instances that leave MASTER when this static route disappears; needs dev.",
    { since: "2.0.3" },
  );

// prettier-ignore
const nexthop = (): readonly Keyword[] => [
  option("via", 1259, gateway, "Router of this one hop.", v124),
  option("dev", 1291, [networkInterface()], "Interface this one hop leaves through.", v124),
  option("weight", 1299, [int("weight", 1, 256)], "Share of the traffic compared with the other hops.", { default: "1", ...v124 }),
  option("onlink", 1309, [],
    "Takes this hop's router for a direct neighbour without asking for a matching address.", { default: "off", ...v124 }),
  option("encap", 1313, encap, "Tunnel header for packets over this hop only.", encapBuild),
  option("realms", 1320, realms, "Accounting marks for this hop; IPv4 only.", v124),
  option("as", 1333, [words("to", ["to"], { optional: true }), address()],
    "Meant for MPLS hops and never supported: always reported.",
    { deprecated: { note: "never supported: keepalived reports it and skips the route" }, ...v124 }),
];

const traffic = [int("value", 0, 255)];
// prettier-ignore
const encapOptions = (): readonly Keyword[] => [
  option("id", 1031, [int("id", 0, U64)], "Tunnel number in the outer header (kinds ip and ip6).", v124),
  option("dst", 1035, [address({ exact: true })], "Far end of the tunnel (kinds ip and ip6).", v124),
  option("src", 1047, [address({ exact: true })], "Near end of the tunnel (kinds ip and ip6).", v124),
  option("tos", 1059, dsfield, "Type of service in the outer header (kind ip).", v124),
  option("ttl", 1065, traffic, "Hops the outer header may take (kind ip).", v124),
  option("tc", 1167, dsfield, "Traffic class of the outer header (kind ip6).", v124),
  option("hoplimit", 1173, traffic, "Hops the outer header may take (kind ip6).", v124),
  option("flags", 1069, [int("value", 0, 65535)], "Raw tunnel flags for the kernel (kinds ip and ip6).", v124),
];

// prettier-ignore
const encapForms = (): readonly Keyword[] => [
  option("<labels>", 999, [str("labels", { form: labels })], "Label stack of kind mpls, outermost first, joined by slashes.", v124),
  option("<locator>", 1105, [str("locator", { form: locator })], "The upper half of the address for kind ila: four groups of hex digits.", v124),
];

/** A block of routes with its places for hops and tunnels. */
export const routeContexts = (id: ContextId, more: readonly Keyword[] = []): readonly Context[] => [
  { id, entry: entry(), keywords: [...path(), ...tuning(), ...handling(), ...more] },
  { id: `${id}/encap`, keywords: encapOptions(), forms: encapForms() },
  { id: `${id}/nexthop`, keywords: nexthop() },
  { id: `${id}/nexthop/encap`, keywords: encapOptions(), forms: encapForms() },
];

export const staticRoutes = (): readonly Context[] => routeContexts("static_routes", [trackGroup()]);
