/** vrrp_instance: one node's part in a virtual router. */
import {
  address,
  arg,
  bool,
  command,
  decimal,
  int,
  I32,
  networkInterface,
  rowsOf,
  seconds,
  str,
  U32,
  userAndGroup,
  words,
} from "../rows.ts";
import type { Context, Keyword } from "../types.ts";
import { virtualAddresses } from "./addresses.ts";
import { notifyAny, notifyPriorityChanges, notifyRows, smtpAlert } from "./notify.ts";
import { trackBlocks, trackContexts } from "./tracking.ts";

const { statement, flag, toggle, script, block, listBlock } = rowsOf("vrrp/vrrp_parser.c");
const vmac = { buildOption: "_HAVE_VRRP_VMAC_" };
/** The interface is made by the daemon, so the host need not have it. */
const interfaceName = {
  test: (word: string) => /^[^/:\s]+$/u.test(word) && word !== "." && word !== "..",
  what: "a name for an interface: without / and :",
};
const newInterface = arg("name", "interface", { maxLength: 15, optional: true, form: interfaceName });
/** The daemon makes the standard addresses itself (vrrp_parser.c:561). */
const ownMac = {
  test: (word: string) => !/^(?:[0-9a-f]?[13579bdf]:|00?:00?:5e:00?:0?[12]:)/iu.test(word),
  what: "a MAC address of one's own: not a group address, and not 00:00:5e:00:01 or 02, which keepalived makes itself",
};
const all = words("all", ["all"], { optional: true });

// prettier-ignore
const identity = (): readonly Keyword[] => [
  statement("state", 2345, [words("state", ["MASTER", "BACKUP"])],
    "Where the instance starts, not where it stays: priority decides. MASTER also switches nopreempt and preempt_delay off.",
    { default: "MASTER when the priority is 255, else BACKUP" }),
  statement("interface", 2346, [networkInterface()],
    "Where adverts go and, unless told otherwise, the addresses. Only unicast with a source address can do without.", { required: true }),
  statement("virtual_router_id", 2364, [int("vrid", 1, 255)],
    "Number of the virtual router: the same on all its nodes, another than any other router's on the same segment.", { required: true }),
  statement("priority", 2367, [int("priority", 1, 255)],
    "The highest one alive becomes master. 255 claims to own the address: such a node drops nopreempt and weighted tracking.",
    { default: "255 when state is MASTER, else 100" }),
  statement("advert_int", 2368, [decimal(0.01, 255, { decimalsSince: "1.2.17" })],
    "Time between adverts; all nodes must agree. Version 2 knows whole seconds, version 3 hundredths up to 40.95.", { default: "1" }),
  statement("version", 2366, [int("version", 2, 3)],
    "Protocol version on the wire, which all nodes share. Too late behind a statement that fixed another one.",
    { default: "vrrp_version, 3 for IPv6", onRepeat: "first", since: "1.2.17" }),
  flag("native_ipv6", 2344, "Makes the instance IPv6, and so version 3, before any address says so."),
  flag("preempt", 2385, "Takes an earlier nopreempt back; taking over from a lower priority is what happens anyway.", { default: "on" }),
  flag("nopreempt", 2386, "A node that returns leaves the addresses where they are. Needs initial state BACKUP and a priority below 255."),
  statement("preempt_delay", 2387, [decimal(0, 1000, { decimalsSince: "2.0.0" })],
    "How long a lower priority may keep the addresses before this node takes over; void with nopreempt or MASTER.", { default: "0" }),
  toggle("strict_mode", 2384,
    "Holds the instance to the RFC: no authentication, no MASTER below 255, no unicast on multicast interfaces.",
    { default: "vrrp_strict", since: "1.2.20" }),
  statement("debug", 2388, [int("level", 0, 4)],
    "How much this instance logs, from nothing extra (0) to everything (4).", { default: "0" }),
];

// prettier-ignore
const network = (): readonly Keyword[] => [
  statement("use_vmac", 2331,
    [
      newInterface, arg("mac", "mac", { optional: true, form: ownMac }), words("option", ["netlink_notify_msg"], { optional: true }),
      str("group", { introducedBy: "group", optional: true, dependsOnHost: true }),
      arg("interface", "interface", { introducedBy: "name", maxLength: 15, optional: true, form: interfaceName }),
    ],
    "Adverts and addresses live on a macvlan with the virtual MAC 00:00:5e:00:01:VRID, so clients keep their ARP entry over a failover.",
    { anyOrder: true, default: "off", onRepeat: "append", since: "1.2.3", ...vmac }),
  flag("use_vmac_addr", 2332,
    "Gives addresses on other interfaces than the instance's a virtual MAC of their own too.", { since: "2.2.0", ...vmac }),
  flag("vmac_xmit_base", 2333,
    "Sends adverts from the real interface although the addresses sit on the virtual MAC.", { since: "1.2.10", ...vmac }),
  statement("use_ipvlan", 2336,
    [
      newInterface, arg("address", "address-prefix", { optional: true }), words("mode", ["bridge", "private", "vepa"], { optional: true }),
      str("group", { introducedBy: "group", optional: true, dependsOnHost: true }),
      arg("interface", "interface", { introducedBy: "name", maxLength: 15, optional: true, form: interfaceName }),
    ],
    "Puts the addresses on an ipvlan, which shares the real MAC, for switches that allow one MAC per port.",
    { anyOrder: true, default: "off", onRepeat: "first-error", since: "2.0.17", buildOption: "_HAVE_VRRP_IPVLAN_" }),
  listBlock("unicast_peer", 2338,
    "The other nodes, one address a line. Adverts go to them alone instead of to the multicast group.", { since: "1.2.8" }),
  flag("unicast_fault_no_peer", 2339,
    "Without peers, a unicast instance goes to FAULT instead of falling back to multicast.", { since: "2.2.5" }),
  flag("check_unicast_src", 2340, "Drops adverts from anyone who is not in unicast_peer.", { since: "2.1.0" }),
  statement("old_unicast_checksum", 2342, [words("mode", ["never"], { optional: true })],
    "For peers of old releases, whose unicast checksum in version 3 was a different one; `never` keeps the daemon from guessing.",
    { default: "auto", since: "1.3.7", buildOption: "_WITH_UNICAST_CHKSUM_COMPAT_" }),
  statement("vrf", 2348, [networkInterface()],
    "Routing domain whose master device the socket is bound to; unicast only and not with `interface`.",
    { onRepeat: "first-error", since: "2.2.5", buildOption: "_HAVE_VRF_" }),
  flag("dont_track_primary", 2350, "Stays up when its own interface goes down, for direct cables whose far end may be switched off."),
  ...trackBlocks(2351, "the instance"),
  statement("mcast_src_ip", 2360, [address()],
    "Source of multicast adverts where the interface has several addresses; also fixes the family.",
    { default: "first address of the interface" }),
  statement("unicast_src_ip", 2361, [address()],
    "This node's own address towards its peers; each peer must list exactly it. Alone it makes the instance unicast.",
    { default: "first address of the interface", since: "1.2.10" }),
  statement("mcast_dst_ip", 2362, [address()],
    "Another multicast group for this instance; all its nodes need the same.",
    { default: "vrrp_mcast_group4 or vrrp_mcast_group6", since: "2.2.5" }),
  flag("track_src_ip", 2363, "FAULT as long as the configured source address is on no interface.", { since: "2.0.0" }),
  statement("unicast_ttl", 2365, [int("ttl", 0, 255, { unit: "hops" })],
    "Hops unicast adverts survive; less than 255 keeps them from leaving through more routers. Nothing without peers.",
    { default: "255 (IPv4)", since: "2.1.0" }),
  flag("promote_secondaries", 2372,
    "Sets the interface's sysctl so that removing one address leaves the others of its network alone.", { since: "1.3.0" }),
  flag("linkbeat_use_polling", 2374,
    "Reported as an error wherever it stands in an instance: link polling has a block at top level now.",
    {
      deprecated: { by: "linkbeat_interfaces", note: "always reported; list the interface in linkbeat_interfaces" }, since: "2.0.0",
      buildOption: "_WITH_LINKBEAT_",
    }),
  toggle("v3_checksum_as_v2", 2376,
    "Leaves the pseudo header out of the IPv4 version 3 checksum, as some other makers' routers do.",
    { default: "v3_checksum_as_v2 of global_defs", since: "2.2.8" }),
  statement("kernel_rx_buf_size", 2417, [int("bytes", 0, U32, { unit: "bytes" })],
    "Receive buffer of the instance's socket, where many instances lose adverts under load.",
    { default: "vrrp_rx_bufs_policy", since: "2.0.3", missingArgument: "ignored" }),
];

// prettier-ignore
const addressing = (): readonly Keyword[] => [
  listBlock("virtual_ipaddress", 2369,
    "The addresses that move, all of one family. Their list is in every advert and must be the same on all nodes."),
  listBlock("virtual_ipaddress_excluded", 2370,
    "Addresses that move along without being in the adverts: for more than fit, or of the other family."),
  flag("no_virtual_ipaddress", 2371,
    "Says that the empty address list is meant: the instance only reports who is master.", { since: "2.2.8" }),
  listBlock("virtual_routes", 2377, "Routes that exist only while this node is master."),
  listBlock("virtual_rules", 2378, "Policy routing rules that exist only while this node is master.", { since: "1.2.20" }),
  flag("accept", 2379,
    "The master answers packets to its virtual addresses even when it does not own them; strict mode turns that off.",
    { default: "on unless strict_mode", since: "1.2.17" }),
  flag("no_accept", 2381,
    "The firewall drops what is sent to the virtual addresses: they only forward.", { since: "1.3.0", buildOption: "_WITH_FIREWALL_" }),
  statement("skip_check_adv_addr", 2383, [bool],
    "Trusts a master whose last advert was fine and checks its address list no more. Even `false` turns this on.",
    { default: "vrrp_skip_check_adv_addr", since: "1.2.20" }),
];

// prettier-ignore
const notifying = (): readonly Keyword[] => [
  ...notifyRows(2389),
  statement("notify_deleted", 2393, [{ ...command, optional: true }, ...userAndGroup],
    "An instance that a reload removes reports DELETED instead of FAULT; with a command, that is run as well.",
    { default: "reported as FAULT", onRepeat: "first-error", since: "2.1.0" }),
  notifyAny(2394),
  script("notify_master_rx_lower_pri", 2395,
    "Run when this master hears another one of lower priority: somebody tried to take over, or both are cut off.", { since: "2.0.6" }),
  smtpAlert(2396, "smtp_alert_vrrp, else smtp_alert, else false", "Mails every state change to the addresses of global_defs."),
  notifyPriorityChanges(2397, { default: "of the sync group, else vrrp_notify_priority_changes", since: "2.0.16" }),
  statement("lvs_sync_daemon_interface", 2399, [networkInterface()],
    "Reported as an error wherever it stands: connection synchronisation is set up once, in global_defs.",
    {
      deprecated: { by: "lvs_sync_daemon", note: "always reported; write lvs_sync_daemon in global_defs" }, onRepeat: "first-error",
      buildOption: "_WITH_LVS_",
    }),
];

// prettier-ignore
const timing = (): readonly Keyword[] => [
  statement("garp_master_delay", 2401, [seconds(0, 4294)],
    "A second round of gratuitous ARP this long after becoming master, for switches that were slow.",
    { default: "vrrp_garp_master_delay" }),
  statement("garp_master_refresh", 2402, [seconds(0, U32)],
    "Repeats gratuitous ARP this often while master; 0 sends none.", { default: "vrrp_garp_master_refresh", since: "1.2.10" }),
  statement("garp_master_repeat", 2403, [int("count", 0, U32, { zeroBecomes: 1 })],
    "Gratuitous ARP packets per address and round on becoming master; 0 counts as 1.",
    { default: "vrrp_garp_master_repeat", since: "1.2.14" }),
  statement("garp_master_refresh_repeat", 2404, [int("count", 0, U32, { zeroBecomes: 1 })],
    "Packets per address in each refresh round; 0 counts as 1.", { default: "vrrp_garp_master_refresh_repeat", since: "1.2.14" }),
  statement("garp_lower_prio_delay", 2405, [seconds(0, 4294)],
    "Wait before the second round after a lower priority was heard claiming the addresses.",
    { default: "vrrp_garp_lower_prio_delay, 0 in strict mode", since: "1.2.20" }),
  statement("garp_lower_prio_repeat", 2406, [int("count", 0, I32)],
    "Gratuitous ARP packets that win the addresses back after a lower priority's advert.",
    { default: "vrrp_garp_lower_prio_repeat, 0 in strict mode", since: "1.2.20" }),
  statement("down_timer_adverts", 2407, [int("count", 1, 100)],
    "Adverts that may be missed before a backup takes over; strict mode wants 3.", { default: "vrrp_down_timer_adverts", since: "2.2.3" }),
  statement("timer_expired_backup", 2408, [int("priority", 1, 254, { optional: true, valueIfOmitted: "254" })],
    "A master whose own timer overran (a frozen machine) steps back first; only with nopreempt.", { default: "off", since: "2.2.8" }),
  statement("thread_timer_expired", 2409, [int("priority", 1, 254, { optional: true, valueIfOmitted: "254" })],
    "A name from the release notes that was never right: reported as an error, though it works.",
    {default: "off", aliasOf: "timer_expired_backup", deprecated: { by: "timer_expired_backup", note: "always reported" }, since: "2.3.2"}),
  statement("garp_extra_if", 2411, [all, seconds(0, 86400)],
    "Refreshes switch tables this often on interfaces of addresses other than the instance's own; only virtual MACs unless `all`.",
    { anyOrder: true, default: "vrrp_garp_extra_if", since: "2.2.3", ...vmac }),
  statement("vmac_garp_intvl", 2412, [all, seconds(0, 86400)],
    "Name of garp_extra_if before 2.2.3, still read and reported.",
    {
      anyOrder: true, default: "vrrp_garp_extra_if", aliasOf: "garp_extra_if",
      deprecated: { by: "garp_extra_if", note: "renamed after 2.2.2" }, since: "2.2.0", ...vmac,
    }),
  toggle("lower_prio_no_advert", 2414,
    "A master that hears a lower priority's advert stays silent until its next turn instead of answering at once.",
    { default: "vrrp_lower_prio_no_advert, true in strict mode", since: "1.2.20" }),
  toggle("higher_prio_send_advert", 2415,
    "A master that hears a higher priority sends one more advert before it steps back, so that third parties learn.",
    { default: "vrrp_higher_prio_send_advert, false in strict mode", since: "1.3.5" }),
  toggle("owner_ignore_adverts", 2416,
    "The node with priority 255 does not even look at others' adverts.",
    { default: "vrrp_owner_ignore_adverts, true for an owner in strict mode", since: "2.3.3" }),
];

const auth = { buildOption: "_WITH_VRRP_AUTH_" };
const hmac = { ...auth, since: "2.4.0" };

// prettier-ignore
const authentication = (): readonly Keyword[] => [
  block("authentication", 2419,
    "A shared word in every version 2 advert; version 3 and strict mode drop it. No protection against anyone who can listen.", auth),
  block("auth_hmac", 2424, "Signs adverts with HMAC-SHA256. Every node needs it, and it excludes `authentication`.", hmac),
];

// prettier-ignore
const authenticationRows = (): readonly Keyword[] => [
  statement("auth_type", 2421, [words("type", ["AH", "PASS"])],
    "PASS puts the word into the packet; AH signs it, IPv4 only, and forces a start as BACKUP. Must match the peers.", auth),
  statement("auth_pass", 2422, [arg("password", "password", { maxLength: 8 })],
    "Travels in plain text; only the first 8 bytes count, and they must be the same on every node.", auth),
];

// prettier-ignore
const hmacRows = (): readonly Keyword[] => [
  statement("key", 2426, [int("id", 1, 255), arg("value", "password")],
    "A numbered key of 32 to 64 bytes: plain text, hex:… or file:PATH. Several may be known at once, to change keys without a gap.",
    { required: true, onRepeat: "append", missingArgument: "reported", ...hmac }),
  statement("active_key", 2427, [int("id", 1, 255)],
    "Number of the key that outgoing adverts are signed with; it must be among the keys.", { required: true, ...hmac }),
  statement("time_window", 2428, [seconds(1, 300)],
    "How old a signed advert may be; the nodes' clocks must agree at least this well.",
    { default: "3 times advert_int, at least 5", ...hmac }),
  statement("anti_replay", 2429, [words("mode", ["time", "monotonic"])],
    "What stops recorded adverts from being played back: the clock, or a counter that only grows.", { default: "time", ...hmac }),
  statement("mode", 2430, [words("mode", ["enforce", "permissive", "receive-only"])],
    "Whether unsigned or wrongly signed adverts are dropped; the softer modes are for the change-over.", { default: "enforce", ...hmac }),
];

const { option: peerOption } = rowsOf("vrrp/vrrp_data.c");
// prettier-ignore
const unicastPeers = (): Context => ({
  id: "vrrp_instance/unicast_peer",
  entry: peerOption("<address>", 1046, [address()],
    "Address of another node, the one it sends from. Never this node's own.", { required: true, since: "1.2.8" }),
  keywords: [
    peerOption("min_ttl", 1082, [int("ttl", 0, 255, { unit: "hops" })],
      "Adverts from this peer with fewer hops left are dropped; turns the source check on.", { default: "0", since: "2.1.0" }),
    peerOption("max_ttl", 1084, [int("ttl", 0, 255, { unit: "hops" })],
      "Adverts from this peer with more hops left are dropped; turns the source check on.", { default: "255", since: "2.1.0" }),
  ],
});

export const vrrpInstance = (): readonly Context[] => [
  { id: "vrrp_instance", keywords: [...identity(), ...network(), ...addressing(), ...notifying(), ...timing(), ...authentication()] },
  { id: "vrrp_instance/authentication", keywords: authenticationRows() },
  { id: "vrrp_instance/auth_hmac", keywords: hmacRows() },
  unicastPeers(),
  virtualAddresses("vrrp_instance/virtual_ipaddress"),
  virtualAddresses("vrrp_instance/virtual_ipaddress_excluded"),
  ...trackContexts("vrrp_instance"),
];
