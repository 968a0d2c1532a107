/** Words of global_defs about VRRP: mostly defaults for the instances. */
import {
  address,
  arg,
  decimal,
  int,
  I32,
  MAX_SECONDS,
  networkInterface,
  nonEmpty,
  path,
  rowsOf,
  seconds,
  str,
  U32,
  words,
} from "../rows.ts";
import type { Keyword } from "../types.ts";

const { statement, flag, toggle } = rowsOf("core/global_parser.c");
const vrrp = { buildOption: "_WITH_VRRP_" };
const v120 = { ...vrrp, since: "1.2.20" };
const vmac = { buildOption: "_WITH_VRRP_ && _HAVE_VRRP_VMAC_" };
const nftables = { since: "2.0.11", buildOption: "_WITH_VRRP_ && _WITH_NFTABLES_" };
const reported = { missingArgument: "reported" } as const;
const extraInterface = [words("all", ["all"], { optional: true }), seconds(1, 86400)];
const priority = [int("priority", -2147483648, I32)];
const chain = (name: string) => str(name, { maxLength: 30, optional: true });

// prettier-ignore
const defaults = (): readonly Keyword[] => [
  statement("vrrp_version", 2670, [int("version", 2, 3)],
    "Protocol version of IPv4 instances that name none; all nodes of a router need the same.", { default: "2", ...v120 }),
  toggle("vrrp_strict", 2687,
    "Holds every instance to the RFC: authentication goes, unicast peers may end the process, MASTER needs 255.", v120),
  statement("vrrp_mcast_group4", 2652, [address({ family: 4 })],
    "Multicast group of IPv4 adverts; a node with another one is not heard.", { default: "224.0.0.18", ...vrrp, since: "1.2.10" }),
  statement("vrrp_mcast_group6", 2653, [address({ family: 6 })],
    "Multicast group of IPv6 adverts, which should be link-local.", { default: "ff02::12", ...vrrp, since: "1.2.10" }),
  statement("default_interface", 2638, [networkInterface()],
    "Where static addresses without dev go.", { default: "eth0", ...vrrp, since: "1.2.24", ...reported }),
  statement("dynamic_interfaces", 2636, [words("option", ["allow_if_changes"], { optional: true })],
    "Interfaces may come later; without this a name that does not exist ends the VRRP process.",
    { default: "off", ...vrrp, since: "2.0.0" }),
  flag("vrrp_check_unicast_src", 2685, "Default of check_unicast_src: adverts from strangers are dropped.", v120),
  toggle("vrrp_skip_check_adv_addr", 2686,
    "Default of skip_check_adv_addr: the address list of a known master is not compared each time.", v120),
  statement("vrrp_down_timer_adverts", 2660, [int("count", 1, 100)],
    "Default of down_timer_adverts: missed adverts until a backup takes over.", { default: "3", ...vrrp, since: "2.2.3" }),
  toggle("vrrp_lower_prio_no_advert", 2668, "Default of lower_prio_no_advert: a lower priority gets no answer at once.", v120),
  toggle("vrrp_higher_prio_send_advert", 2669,
    "Default of higher_prio_send_advert: one more advert before stepping back.", { ...vrrp, since: "1.3.5" }),
  toggle("vrrp_owner_ignore_adverts", 2784, "Default of owner_ignore_adverts, for nodes with priority 255.", { ...vrrp, since: "2.3.3" }),
  flag("v3_checksum_as_v2", 2640,
    "Default of v3_checksum_as_v2: the checksum leaves the addresses out, which peers must do too.", { ...vrrp, since: "2.2.8" }),
  statement("vrrp_startup_delay", 2781, [decimal(0.001, MAX_SECONDS)],
    "How long after the daemon's start the instances begin, while switches wake up.",
    { default: "0", onRepeat: "largest", ...vrrp, since: "2.0.14" }),
  statement("vrrp_delay_after_boot", 2782, [decimal(0.001, MAX_SECONDS)],
    "How long after the machine's boot the instances begin; a later restart of the daemon does not wait.",
    { default: "0", onRepeat: "largest", ...vrrp, since: "2.4.0" }),
  flag("log_unknown_vrids", 2783,
    "Logs adverts of virtual routers that are not configured here: other people's, or a typing mistake.", { ...vrrp, since: "2.0.16" }),
  flag("disable_local_igmp", 2639,
    "Stops the kernel's membership reports for link-local groups, through a sysctl of the whole host.", { ...vrrp, since: "2.2.0" }),
  statement("vmac_prefix", 2786, [str("prefix")],
    "How names of virtual MAC interfaces begin.", { default: "vrrp", onRepeat: "first-error", ...vmac, since: "2.2.0" }),
  statement("vmac_addr_prefix", 2787, [str("prefix")],
    "How names of virtual MAC interfaces for single addresses begin.",
    { default: "vmac_prefix", onRepeat: "first-error", ...vmac, since: "2.2.0" }),
  statement("iproute_usr_dir", 2806, [path("directory")],
    "Where the names of tables and protocols come with the system.",
    { default: "/usr/share/iproute2", ...vrrp, since: "2.3.2", ...reported }),
  statement("iproute_etc_dir", 2807, [path("directory")],
    "Where the host's own names of tables and protocols are.", { default: "/etc/iproute2", ...vrrp, since: "2.3.2", ...reported }),
];

// prettier-ignore
const garp = (): readonly Keyword[] => [
  statement("vrrp_garp_master_delay", 2654, [seconds(0, 4294)],
    "Default of garp_master_delay: when the second round of gratuitous ARP goes out.", { default: "5", ...v120 }),
  statement("vrrp_garp_master_repeat", 2655, [int("count", 0, U32, { zeroBecomes: 1 })],
    "Default of garp_master_repeat: packets per address and round; 0 becomes 1.", { default: "5", ...v120 }),
  statement("vrrp_garp_master_refresh", 2656, [seconds(0, U32)],
    "Default of garp_master_refresh: pace of repeats while master, 0 for none.", { default: "0", ...v120 }),
  statement("vrrp_garp_master_refresh_repeat", 2657, [int("count", 0, U32, { zeroBecomes: 1 })],
    "Default of garp_master_refresh_repeat: packets per repeat; 0 becomes 1.", { default: "1", ...v120 }),
  statement("vrrp_garp_lower_prio_delay", 2658, [seconds(0, 4294)],
    "Default of garp_lower_prio_delay, after a lower priority claimed the addresses.", { default: "vrrp_garp_master_delay", ...v120 }),
  statement("vrrp_garp_lower_prio_repeat", 2659, [int("count", 0, I32)],
    "Default of garp_lower_prio_repeat, after a lower priority claimed the addresses.", { default: "vrrp_garp_master_repeat", ...v120 }),
  statement("vrrp_garp_interval", 2661, [decimal(1e-6, MAX_SECONDS)],
    "Least time between two gratuitous ARP packets on an interface.", { default: "0", ...vrrp, since: "1.2.21" }),
  statement("vrrp_gna_interval", 2662, [decimal(1e-6, MAX_SECONDS)],
    "Least time between two IPv6 neighbour announcements on an interface.", { default: "0", ...vrrp, since: "1.2.21" }),
  toggle("vrrp_min_garp", 2663,
    "One gratuitous ARP per address and no second round, as modern switches need no more; `false` changes nothing.",
    { ...vrrp, since: "2.0.12" }),
  statement("vrrp_garp_extra_if", 2665, extraInterface,
    "Default of garp_extra_if: keeps switch tables fresh on the other interfaces; a third of their ageing time is sensible.",
    { anyOrder: true, default: "0", ...vmac, since: "2.2.3" }),
  statement("vrrp_vmac_garp_intvl", 2666, extraInterface,
    "Name of vrrp_garp_extra_if before 2.2.3, still read and reported.",
    {
      anyOrder: true, default: "0", aliasOf: "vrrp_garp_extra_if", deprecated: { by: "vrrp_garp_extra_if", note: "renamed after 2.2.2" },
      ...vmac, since: "2.2.0",
    }),
];

// prettier-ignore
const firewall = (): readonly Keyword[] => [
  statement("vrrp_iptables", 2675,
    [str("in", { maxLength: 27, optional: true, valueIfOmitted: "INPUT" }), str("out", { maxLength: 27, optional: true, valueIfOmitted: "OUTPUT" })],
    "Chains that get the rules of no_accept and virtual MACs; in builds without iptables it is an error and means nftables.",
    { onRepeat: "first-error", since: "1.2.20", buildOption: "_WITH_VRRP_ && _WITH_IPTABLES_ || _WITH_NFTABLES_" }),
  statement("vrrp_ipsets", 2677, [chain("ipv4"), chain("ipv6"), chain("ipv6-interface"), chain("igmp"), chain("mld"), chain("nd")],
    "Names of the sets the iptables rules use; bare means no sets.",
    {
      default: "derived from the first name", since: "1.2.20",
      buildOption: "_WITH_VRRP_ && _WITH_IPTABLES_ || _WITH_NFTABLES_ && _HAVE_LIBIPSET_",
    }),
  statement("nftables", 2681, [str("table", { maxLength: 254, optional: true, valueIfOmitted: "keepalived", ...nonEmpty("a name") })],
    "Table for the rules of no_accept and virtual MACs; the daemon creates and removes it.", { onRepeat: "first-error", ...nftables }),
  statement("nftables_priority", 2682, priority,
    "Where the daemon's chains come among the host's own; lower is earlier.", { default: "-1", ...nftables }),
  flag("nftables_ifindex", 2683, "Matches interfaces by number, faster than by name but lost when one is created anew.", nftables),
  flag("nftables_counters", 2702,
    "Adds packet counters to the daemon's rules, to see whether they match.",
    { since: "2.0.11", buildOption: "_WITH_NFTABLES_ && _WITH_VRRP_ || _WITH_LVS_" }),
];

// prettier-ignore
const buffers = (): readonly Keyword[] => [
  statement("vrrp_rx_bufs_policy", 2779,
    [arg("policy", "enum-or-number", { min: 0, max: U32, values: ["MTU", "ADVERT"], ignoreCase: true })],
    "Size of the instances' receive buffers: from the MTU, from the adverts, or a number of bytes. Of two words one is dropped.",
    { default: "the kernel's", onRepeat: "merge", ...vrrp, since: "2.0.3", ...reported }),
  statement("vrrp_rx_bufs_multiplier", 2780, [int("count", 1, U32)],
    "How many packets of that size the buffer holds.", { default: "3", ...vrrp, since: "2.0.3", ...reported }),
];

export const globalVrrp = (): readonly Keyword[] => [...defaults(), ...garp(), ...firewall(), ...buffers()];
