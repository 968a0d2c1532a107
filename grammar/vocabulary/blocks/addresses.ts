/** Lines of virtual_ipaddress, virtual_ipaddress_excluded and static_ipaddress: an address and what to do with it. */
import { address, arg, networkInterface, refersTo, rowsOf, str, U32 } from "../rows.ts";
import type { Context, ContextId, Keyword } from "../types.ts";

const { option } = rowsOf("vrrp/vrrp_ipaddress.c");

/** Scopes that iproute2 knows without a file; the host may name more. */
export const SCOPES = ["global", "site", "link", "host", "nowhere"];

const broadcast = arg("address", "address", { family: 4, exact: true, values: ["+", "-"] });

const entry = (): Keyword =>
  option(
    "<address>",
    499,
    [arg("address", "address-prefix")],
    "The address to set. Without a prefix length it gets /32 (IPv6: /128), however large the network is.",
    { required: true, default: "/32 or /128" },
  );

// prettier-ignore
const shared = (): readonly Keyword[] => [
  option("dev", 513, [networkInterface()],
    "Interface that gets the address, when it is not the instance's own.",
    { default: "interface of the instance", onRepeat: "first-error" }),
  option("scope", 531, [arg("scope", "enum-or-number", { min: 0, max: 255, values: SCOPES })],
    "How far the kernel treats the address as usable; only IPv4 has a choice.", { default: "global" }),
  option("brd", 541, [broadcast], "Broadcast address of an IPv4 address; `+` works it out from the prefix, `-` gives the all-zeros one."),
  option("broadcast", 541, [broadcast], "Long spelling of brd: an IPv4 broadcast address, `+` or `-`.", { aliasOf: "brd" }),
  option("label", 568, [str("label", { maxLength: 15 })],
    "Alias name such as eth0:1, for tools that still look at those; IPv4 only, and too long a name drops the whole address."),
  option("peer", 583, [address({ exact: true })],
    "Far end of a point-to-point address; the prefix length belongs to the address, not here.", { since: "2.0.0" }),
  option("home", 610, [], "Marks an IPv6 home address of a mobile node.", { default: "off", since: "1.3.6" }),
  option("-nodad", 613, [],
    "Uses an IPv6 address at once instead of asking the network whether somebody else has it.", { default: "off", since: "1.3.6" }),
  option("mngtmpaddr", 616, [],
    "Lets the kernel derive temporary IPv6 privacy addresses from this one.",
    { default: "off", since: "1.3.6", buildOption: "IFA_F_MANAGETEMPADDR" }),
  option("noprefixroute", 621, [],
    "Keeps the kernel from adding the route to the address's network.",
    { default: "off", since: "1.3.6", buildOption: "IFA_F_NOPREFIXROUTE" }),
  option("autojoin", 626, [],
    "Joins the multicast group that this address is.", { default: "off", since: "1.3.6", buildOption: "IFA_F_MCAUTOJOIN" }),
  option("no_track", 630, [],
    "Nobody minds when someone deletes this address by hand; otherwise that ends the MASTER state.", { default: "off", since: "2.0.3" }),
  option("preferred_lft", 632, [arg("seconds", "enum-or-number", { min: 0, max: U32, unit: "seconds", values: ["forever"] })],
    "With 0 the address is not chosen as source for new connections, which is usual for a virtual IPv6 address.",
    { default: "forever, 0 for IPv6 /128", since: "2.0.20" }),
];

const useVmac = (): Keyword =>
  option("use_vmac", 659, [], "Puts this one address on a macvlan of its own interface.", { default: "off", since: "2.2.0" });
const trackGroup = (): Keyword =>
  option(
    "track_group",
    647,
    [refersTo("trackGroup", "group")],
    "Instances that leave MASTER when this static address disappears; needs an interface.",
    { since: "2.0.3" },
  );

const virtual = () => [...shared(), useVmac()];

export const virtualAddresses = (id: ContextId): Context => ({ id, entry: entry(), keywords: virtual() });
export const staticAddresses = (): Context => ({ id: "static_ipaddress", entry: entry(), keywords: [...shared(), trackGroup()] });
