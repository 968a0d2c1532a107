/** Lines of virtual_rules and static_rules, in the manner of `ip rule`. */
import { arg, int, I32, networkInterface, refersTo, rowsOf, str, U32, U64 } from "../rows.ts";
import type { Context, ContextId, Keyword } from "../types.ts";
import { ANYWHERE, dsfield, realms, skipped, table } from "./routes.ts";

const { option } = rowsOf("vrrp/vrrp_iprule.c");
const v124 = { since: "1.2.24" } as const;
const network = [arg("address", "address-prefix", { values: ANYWHERE })];
const preference = [int("value", 0, U32, { anyBase: true })];
const preferred = { default: "counted down from 16384, with a report", ...v124 };
const prefixLength = [int("length", 0, I32)];
const suppressPrefix = { ...v124, buildOption: "HAVE_DECL_FRA_SUPPRESS_PREFIXLEN" };
const interfaceGroup = [str("group", { dependsOnHost: true })];
const suppressGroup = { ...v124, buildOption: "HAVE_DECL_FRA_SUPPRESS_IFGROUP" };
const range = (name: string, max: number) => [arg(name, "integer-range", { min: 0, max, bothEnds: true })];

const isMark = (text: string): boolean => /^(?:0x[0-9a-f]{1,8}|0[0-7]*|[1-9]\d{0,9})?$/iu.test(text) && Number(text || 0) <= U32;
const mark = {
  test: (word: string) => word.split("/").length <= 2 && word.split("/").every(isMark),
  what: "a firewall mark, alone or with /MASK",
};

// prettier-ignore
const selectors = (): readonly Keyword[] => [
  option("inet6", 488, skipped,
    "Makes the rule IPv6, but the daemon skips the word behind it: write a throw-away word there.",
    { default: "from the addresses", since: "2.0.1" }),
  option("inet", 497, skipped,
    "Makes the rule IPv4, but the daemon skips the word behind it: write a throw-away word there.",
    { default: "from the addresses", since: "2.0.1" }),
  option("not", 555, [], "Turns the whole selector round: the rule is for everything that does not match.", { default: "off", ...v124 }),
  option("from", 506, network,
    "Packets with a source in this network; also fixes the family of the rule.", { default: "all", since: "1.2.20" }),
  option("to", 522, network, "Packets to this network; shares the family of `from`.", { default: "all", since: "1.2.20" }),
  option("tos", 568, dsfield,
    "Packets with this type of service; a name is looked up in the host's rt_dsfield.", { default: "0", ...v124 }),
  option("dsfield", 568, dsfield, "Modern spelling of tos: packets marked like this.", { default: "0", aliasOf: "tos", ...v124 }),
  option("fwmark", 576, [str("mark", { form: mark })],
    "Packets with this firewall mark, as MARK or MARK/MASK; hexadecimal and octal are understood here.", v124),
  option("dev", 648, [networkInterface()], "Another word for iif, the interface packets come in through.", { aliasOf: "iif", ...v124 }),
  option("iif", 648, [networkInterface()], "Packets that came in here; lo means those the host itself sends.", v124),
  option("oif", 657, [networkInterface()], "Packets of sockets that are bound to this interface.", v124),
  option("tunnel-id", 667, [int("id", 0, U64)],
    "Packets that arrived in the tunnel of this number.", { ...v124, buildOption: "HAVE_DECL_FRA_TUN_ID" }),
  option("uidrange", 677, range("range", U32),
    "Packets of local users from FIRST-LAST; both ends must be there.", { since: "1.3.5", buildOption: "HAVE_DECL_FRA_UID_RANGE" }),
  option("ipproto", 709, [str("protocol", { dependsOnHost: true })],
    "Packets of one transport, by number or by its name on the host.", { since: "2.0.1", buildOption: "HAVE_DECL_FRA_IP_PROTO" }),
  option("sport", 720, range("range", 65535),
    "Packets from ports FIRST-LAST. A single port is refused: write it twice, 80-80.",
    { since: "2.0.1", buildOption: "HAVE_DECL_FRA_SPORT_RANGE" }),
  option("dport", 736, range("range", 65535),
    "Packets to ports FIRST-LAST. A single port is refused: write it twice, 80-80.",
    { since: "2.0.1", buildOption: "HAVE_DECL_FRA_DPORT_RANGE" }),
];

// prettier-ignore
const actions = (): readonly Keyword[] => [
  option("table", 538, table,
    "Routing table to look in; number 0 is refused, and it is one action among those only one of which may stand.", { since: "1.2.20" }),
  option("lookup", 539, table, "Another word for table: where the route is looked up.", { aliasOf: "table", ...v124 }),
  option("preference", 557, preference, "Rank of the rule: lower is asked first. Left out, the daemon picks one and complains.", preferred),
  option("order", 558, preference, "Another word for preference: lower is asked first.", { aliasOf: "preference", ...preferred }),
  option("priority", 559, preference,
    "Another word for preference; nothing to do with the VRRP priority.", { aliasOf: "preference", ...preferred }),
  option("realms", 611, realms, "Accounting marks for matching packets; only IPv4 rules that look in a table.", v124),
  option("suppress_prefixlength", 628, prefixLength,
    "Ignores what the table says when its route has a prefix this short: 0 skips default routes.", suppressPrefix),
  option("sup_pl", 628, prefixLength, "Short spelling of suppress_prefixlength.", { aliasOf: "suppress_prefixlength", ...suppressPrefix }),
  option("suppress_ifgroup", 638, interfaceGroup,
    "Ignores what the table says when its route leaves through an interface of this group.", suppressGroup),
  option("sup_group", 638, interfaceGroup, "Short spelling of suppress_ifgroup.", { aliasOf: "suppress_ifgroup", ...suppressGroup }),
  option("l3mdev", 689, [],
    "Looks in the table of the VRF the packet belongs to.", { default: "off", since: "1.4.3", buildOption: "HAVE_DECL_FRA_L3MDEV" }),
  option("protocol", 699, [int("value", 0, 255)],
    "Who set the rule, as a number; the daemon insists on 18 unless the rule is no_track.",
    { default: "18", since: "2.0.1", buildOption: "HAVE_DECL_FRA_PROTOCOL" }),
  option("type", 765, [],
    "May stand before goto, nop, blackhole, unreachable or prohibit; changes nothing.", v124),
  option("goto", 768, [int("target", 0, U32)], "Goes on with the rule of that preference, which must come later.", v124),
  option("nop", 776, [], "Does nothing; a landing place for goto.", v124),
  option("blackhole", 781, [], "Drops matching packets without an answer.", v124),
  option("unreachable", 781, [], "Answers matching packets with network unreachable.", v124),
  option("prohibit", 781, [], "Answers matching packets with administratively prohibited.", v124),
  option("no_track", 752, [],
    "Nobody minds when the rule disappears; otherwise that ends the MASTER state.", { default: "off", since: "2.0.3" }),
];

const trackGroup = (): Keyword =>
  option(
    "track_group",
    754,
    [refersTo("trackGroup", "group")],
    "Instances that leave MASTER when this static rule disappears; needs iif.",
    { since: "2.0.3" },
  );

/** A block of rules. */
export const ruleContext = (id: ContextId, more: readonly Keyword[] = []): Context => ({
  id,
  keywords: [...selectors(), ...actions(), ...more],
});

export const staticRules = (): Context => ruleContext("static_rules", [trackGroup()]);
