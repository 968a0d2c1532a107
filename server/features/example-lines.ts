/** Lines of routes, rules and addresses as examples: what an option wants to have beside it. */

export interface Wanted {
  /** The block the line stands in. */
  readonly block: string;
  /** The options that the keyword is an option of, such as `nexthop`, `encap`. */
  readonly options: readonly string[];
  readonly name: string;
  /** The keyword with its values. */
  readonly line: string;
}

/** The whole line, such as daemons take it without a word, and perhaps one before it; undefined where the entry and the option are enough. */
export const entryWith = (wanted: Wanted): string | undefined => {
  if (wanted.block.endsWith("_routes")) return routeWith(wanted);
  if (wanted.block.endsWith("_rules")) return ruleWith(wanted);
  if (wanted.block.includes("ipaddress")) return addressWith(wanted);
  if (wanted.block === "virtual_server_group") return wanted.line;
  return undefined;
};

const routeWith = ({ options, name, line }: Wanted): string => {
  const [outer, inner] = options;
  if (outer === "nexthop")
    return `10.1.0.0/24 no_track nexthop ${inner === "encap" ? `via 10.0.0.1 dev eth0 ${tunnel(name, line)}` : hop(name, line)}`;
  if (outer === "encap") return `10.1.0.0/24 dev eth0 ${tunnel(name, line)}`;
  if (name === "to") return `to 10.1.0.0/24 dev eth0`;
  if (name === "nexthop") return `10.1.0.0/24 no_track ${line} via 10.0.0.1 dev eth0 nexthop via 10.0.0.2 dev eth0`;
  const destination = onlyIpv6.has(name) ? "2001:db8:1::/64" : "10.1.0.0/24";
  if (name === "encap") return `${destination} dev eth0 encap ip dst 10.0.0.7`;
  if (name === "dev" || name === "oif") return `${destination} ${line}`;
  if (name === "from") return `${destination} dev eth0 from 2001:db8:2::/64`;
  if (name === "protocol") return `${destination} dev eth0 ${line} no_track`;
  if (name === "via") return `${destination} via 10.0.0.1 dev eth0`;
  if (name === "onlink") return `${destination} via 10.0.0.1 dev eth0 onlink`;
  return `${destination} dev eth0 ${line}`;
};

const onlyIpv6: ReadonlySet<string> = new Set(["inet6", "from", "expires", "pref", "home", "-nodad", "mngtmpaddr"]);

const hop = (name: string, line: string): string => {
  if (name === "via") return "via 10.0.0.1 dev eth0";
  if (name === "encap") return "via 10.0.0.1 dev eth0 encap ip dst 10.0.0.7";
  return `via 10.0.0.1 ${name === "dev" ? "" : "dev eth0 "}${line}`;
};

/** A tunnel wants an end or a number. */
const tunnel = (name: string, line: string): string => {
  if (name === "tc" || name === "hoplimit") return `encap ip6 dst 2001:db8::7 ${line}`;
  return `encap ip ${name === "dst" ? "" : "dst 10.0.0.7 "}${line}`;
};

/** A rule wants something to look at, an action and a preference. */
const ruleWith = ({ name, line }: Wanted): string => {
  // The daemon skips the word behind it.
  if (name === "inet") return "from 10.0.0.0/24 table 100 preference 1000 inet";
  if (name === "inet6") return "from 2001:db8::/64 table 100 preference 1000 inet6";
  if (name === "type") return "from 10.0.0.0/24 type blackhole preference 1000";
  const part = (words: readonly string[], usual: string): string => (words.includes(name) ? line : usual);
  const isElsewhere = [...ruleActions, ...preferences].includes(name);
  const selector = isElsewhere ? "from 10.0.0.0/24" : name === "track_group" ? `iif eth0 ${line}` : line;
  return [selector, part(ruleActions, "table 100"), part(preferences, "preference 1000")].join(" ");
};

const ruleActions: readonly string[] = ["table", "lookup", "goto", "nop", "blackhole", "unreachable", "prohibit", "l3mdev"];
const preferences: readonly string[] = ["preference", "order", "priority"];

const addressWith = ({ block, name, line }: Wanted): string => {
  if (name === "dev") return `10.0.0.9/24 ${line}`;
  if (name === "peer") return `10.0.0.9 dev eth0 ${line}`;
  if (!onlyIpv6.has(name)) return `10.0.0.9/24 dev eth0 ${line}`;
  // The first address of an instance is to be link-local.
  return `${block === "virtual_ipaddress" ? "fe80::9/64 dev eth0\n" : ""}2001:db8::9/64 dev eth0 ${line}`;
};
