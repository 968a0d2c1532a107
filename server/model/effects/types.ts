/**
 * What scripts and host files do to a host, as facts in order. The same shapes come out of shell scripts, lists of
 * iptables commands, iptables-save dumps and sysctl files, so that a rule need not care which of them said it.
 */
import type { Site } from "../../../grammar/text.ts";
import type { Known, PathStep } from "./path.ts";

export type { BranchStep, Guard, Known, PathStep, RoundStep } from "./path.ts";

interface EffectBase {
  /** The whole command, or the line of a host file. */
  readonly site: Site;
  /** The name of the command; in a host file the key or the first word of the line. */
  readonly command: Site;
  /** Under which branches and in which rounds it happens, outermost first. */
  readonly path: readonly PathStep[];
  /** The program and its arguments as far as they are known, wrappers (`sudo`, `timeout`) left out; absent in host files. */
  readonly words?: readonly Known<string>[];
  /** The script goes on without waiting for it (`&`). */
  readonly background?: true;
  /** Seconds after which `timeout` ends it. */
  readonly timeLimit?: Known<number>;
  /** Whom `sudo -u`, `runuser` or `su` makes it. `sudo` alone is root. */
  readonly user?: Known<string>;
}

export type Effect =
  | MarkEffect
  | ConnectionMarkEffect
  | FirewallEffect
  | AddressEffect
  | LinkEffect
  | RouteEffect
  | RoutingRuleEffect
  | AnnounceEffect
  | ArpFilterEffect
  | SysctlEffect
  | IpvsEffect
  | LoadEffect
  | ServiceEffect
  | KillEffect
  | LookupEffect
  | ProbeEffect
  | MailEffect
  | LogEffect
  | WaitEffect
  | FileEffect
  | TrapEffect
  | OptionEffect
  | RunEffect
  | SourceEffect
  | ExitEffect;

export interface Match<T> {
  readonly value: Known<T>;
  readonly negated: boolean;
}

/** Ports from–to, both inclusive; a single port has from = to. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** What a firewall rule matches; an absent field matches everything. */
export interface PacketMatch {
  /** Addresses as written, with the prefix if there is one. Any of them matches (iptables makes a rule of each). */
  readonly destination?: Match<readonly string[]>;
  readonly source?: Match<readonly string[]>;
  /** Lower case name, or the number as written: "tcp", "vrrp", "112", "ah". */
  readonly protocol?: Match<string>;
  readonly destinationPorts?: Match<readonly PortRange[]>;
  readonly sourcePorts?: Match<readonly PortRange[]>;
  readonly inInterface?: Match<string>;
  readonly outInterface?: Match<string>;
  /** Lower case, colons. */
  readonly macSource?: Match<string>;
  /** Connection states, upper case, of `-m state` and `-m conntrack`. */
  readonly states?: Match<readonly string[]>;
  /** Options of the rule that kalint does not interpret: the rule matches less than the fields say. */
  readonly other: readonly string[];
}

export type FirewallTool = "iptables" | "ip6tables" | "nft" | "firewalld";

/** Where a rule stands, beside its table and chain. */
interface RulePlace {
  /** The IP version whose packets the rule sees, when the table tells it; iptables and ip6tables tell it themselves. */
  readonly family?: 4 | 6;
  /** nftables: the name of the base chain, of which `chain` is the hook. Two chains of one hook are two ways of a packet. */
  readonly base?: string;
  /** nftables: the priority of the base chain; lower ones see a packet earlier. The tables of iptables have fixed ones. */
  readonly priority?: number;
}

interface MarkRule extends EffectBase, RulePlace {
  readonly tool: FirewallTool;
  readonly action: "append" | "insert" | "delete";
  readonly table: Known<string>;
  readonly chain: Known<string>;
  /** Unsigned 32 bit. */
  readonly mark: Known<number>;
  readonly mask: Known<number>;
  readonly match: PacketMatch;
}

/** A rule that sets a packet mark. On a packet without mark the outcome is `mark`; `mask` are the bits it touches. */
export interface MarkEffect extends MarkRule {
  readonly kind: "mark";
}

/**
 * A rule about the mark of the connection, which is none of the packet: CONNMARK, `ct mark set`. `set` is as in
 * MarkEffect. `save` makes the connection's mark from the packet's, `restore` the packet's from the connection's: the bits
 * of `mask` are cleared, and `mark` and the bits of the other mark that `taken` has are put in.
 */
export interface ConnectionMarkEffect extends MarkRule {
  readonly kind: "connection-mark";
  readonly does: "set" | "save" | "restore";
  /** Absent: `set` takes nothing. */
  readonly taken?: Known<number>;
}

/** Any other change of the packet filter. */
export interface FirewallEffect extends EffectBase, RulePlace {
  readonly kind: "firewall";
  readonly tool: FirewallTool;
  readonly action: "append" | "insert" | "delete" | "policy" | "flush" | "new-chain" | "delete-chain";
  readonly table: Known<string>;
  /** Absent: all chains (`-F`). */
  readonly chain?: Known<string>;
  /** ACCEPT, DROP, REJECT, a chain, …; for `policy` the policy. Absent: a rule without a verdict. */
  readonly target?: Known<string>;
  readonly match: PacketMatch;
}

/** An address put on or taken off a device. */
export interface AddressEffect extends EffectBase {
  readonly kind: "address";
  readonly action: "bind" | "unbind";
  /** Without the alias: "lo" of `lo:0`. */
  readonly device?: Known<string>;
  /** The alias or label, device included: "lo:0". */
  readonly label?: Known<string>;
  /** Absent when a whole alias or device is cleared. */
  readonly address?: Known<string>;
  /** 0–32 or 0–128; absent when neither prefix nor netmask is written. */
  readonly prefix?: Known<number>;
  /** ifconfig: the address takes the place of the one the device or alias had. */
  readonly replaces: boolean;
}

/** A device made, removed, or changed. */
export interface LinkEffect extends EffectBase {
  readonly kind: "link";
  readonly action: "up" | "down" | "add" | "delete" | "arp-on" | "arp-off";
  readonly device: Known<string>;
  /** Of a device that is made: "macvlan", "dummy", "vlan", … */
  readonly type?: Known<string>;
}

export interface RouteEffect extends EffectBase {
  readonly kind: "route";
  /** `flush` without a destination empties the table. */
  readonly action: "add" | "delete" | "flush";
  /** Address with prefix as written, or "default". */
  readonly destination?: Known<string>;
  readonly gateway?: Known<string>;
  readonly device?: Known<string>;
  /** Absent: the main table (the local one for `type` local). */
  readonly table?: Known<string>;
  /** "local", "blackhole", …; absent: unicast. */
  readonly type?: Known<string>;
  readonly source?: Known<string>;
}

/** A rule of policy routing: `ip rule`. */
export interface RoutingRuleEffect extends EffectBase {
  readonly kind: "routing-rule";
  readonly action: "add" | "delete" | "flush";
  readonly from?: Known<string>;
  readonly to?: Known<string>;
  readonly mark?: Known<number>;
  readonly table?: Known<string>;
  readonly priority?: Known<number>;
}

/** An address announced to the neighbours: `arping -U`, `arping -A`, `send_arp`, `ndsend`. */
export interface AnnounceEffect extends EffectBase {
  readonly kind: "announce";
  readonly address: Known<string>;
  readonly device?: Known<string>;
  /** Absent: until it is ended. */
  readonly count?: Known<number>;
  /** Seconds after which it ends (`-w`). */
  readonly limit?: Known<number>;
}

/** A rule of arptables. */
export interface ArpFilterEffect extends EffectBase {
  readonly kind: "arp-filter";
  readonly action: FirewallEffect["action"];
  /** Absent: all chains. */
  readonly chain?: Known<string>;
  /** ACCEPT, DROP, mangle, …; for `policy` the policy. */
  readonly target?: Known<string>;
  readonly source?: Match<string>;
  readonly destination?: Match<string>;
  readonly device?: Known<string>;
  /** The address that `--mangle-ip-s` puts in. */
  readonly mangledSource?: Known<string>;
}

export interface SysctlEffect extends EffectBase {
  readonly kind: "sysctl";
  /** With dots: net.ipv4.conf.lo.arp_ignore. A dot within a name part (eth0.10) is written `/`, as sysctl does. */
  readonly name: Known<string>;
  readonly value: Known<string>;
}

export type IpvsServiceName =
  | {
      readonly kind: "address";
      readonly protocol: "tcp" | "udp" | "sctp";
      readonly address: Known<string>;
      /** 0 when no port is written. */
      readonly port: Known<number>;
      readonly site: Site;
    }
  | { readonly kind: "fwmark"; readonly mark: Known<number>; readonly site: Site };

export type IpvsAction =
  | "clear"
  | "restore"
  | "add-service"
  | "edit-service"
  | "delete-service"
  | "add-server"
  | "edit-server"
  | "delete-server"
  | "start-daemon"
  | "stop-daemon"
  | "set-timeouts";

export interface IpvsEffect extends EffectBase {
  readonly kind: "ipvs";
  readonly action: IpvsAction;
  /** With the service and server actions. */
  readonly service?: IpvsServiceName;
  readonly scheduler?: Known<string>;
  /** Persistence in seconds (`-p`, 300 when no number follows). */
  readonly persistence?: Known<number>;
  readonly server?: { readonly address: Known<string>; readonly port?: Known<number>; readonly site: Site };
  /** As written on the command line; ipvsadm takes "direct" when none is. */
  readonly forwarding?: Known<"direct" | "tunnel" | "nat">;
  readonly weight?: Known<number>;
  /** "master" or "backup", of the sync daemon. */
  readonly role?: Known<string>;
  /** tcp, tcpfin and udp timeouts in seconds. */
  readonly timeouts?: readonly Known<number>[];
}

/** Rules or settings taken from a file: iptables-restore, `nft -f`, `sysctl -p`, `ipvsadm -R`. What a heredoc holds is effects of its own instead. */
export interface LoadEffect extends EffectBase {
  readonly kind: "load";
  readonly what: FirewallTool | "sysctl" | "ipvs" | "arptables";
  /** Absent: the usual file, or what another command prints. */
  readonly file?: Known<string>;
  /** What was there before goes (iptables-restore without -n). */
  readonly replaces: boolean;
}

export interface ServiceEffect extends EffectBase {
  readonly kind: "service";
  readonly action: "start" | "stop" | "restart" | "reload" | "enable" | "disable";
  /** Without ".service". */
  readonly unit: Known<string>;
}

export interface KillEffect extends EffectBase {
  readonly kind: "kill";
  /** The name of the process; unknown for a process id. */
  readonly process: Known<string>;
  /** Without SIG, upper case, or the number as written; "TERM" when none is. "0" only asks whether the process lives. */
  readonly signal: Known<string>;
}

/** A question whether a process or service runs. */
export interface LookupEffect extends EffectBase {
  readonly kind: "lookup";
  /** `ps`: the output of ps that a grep reads, which finds the grep and the script too. `status`: systemctl, service. */
  readonly how: "pidof" | "pgrep" | "ps" | "status";
  readonly process: Known<string>;
  /** pgrep -f, `ps | grep`: the whole command line is searched, the script's own too. */
  readonly wholeLine: boolean;
  /** `ps | grep`: a `grep -v grep`, or a pattern that does not match itself (`[h]aproxy`), is in the pipeline. */
  readonly excludesItself?: boolean;
}

/** A client that asks a service something: a database client, curl, wget, nc, ping, /dev/tcp. */
export interface ProbeEffect extends EffectBase {
  readonly kind: "probe";
  /** Base name of the program; "/dev/tcp" and "/dev/udp" for the shell's own connections. */
  readonly client: string;
  /** Absent where the client's default is taken (mostly this host). */
  readonly host?: Known<string>;
  readonly port?: Known<number>;
  /** A Unix socket instead of a host. */
  readonly socket?: Known<string>;
  readonly url?: Known<string>;
  readonly login?: Known<string>;
  /** The word with a password in it. Its text must not be shown. */
  readonly password?: Site;
  /** What is asked: the SQL of `-e`, the command of redis-cli and mysqladmin. */
  readonly question?: Known<string>;
  /** Seconds until an attempt to connect is given up. Absent: the client's own default, which may be minutes or never. */
  readonly connectLimit?: Known<number>;
  /** Seconds until all is given up; absent: no limit of the client's own. `timeLimit` counts besides. */
  readonly totalLimit?: Known<number>;
  /** Only connects and asks nothing (`nc -z`, /dev/tcp). */
  readonly onlyConnects: boolean;
  /** curl without -f: an HTTP error is a success. */
  readonly ignoresErrors?: boolean;
}

export interface MailEffect extends EffectBase {
  readonly kind: "mail";
  readonly recipients: readonly Known<string>[];
}

/** A line for the system's log. */
export interface LogEffect extends EffectBase {
  readonly kind: "log";
  readonly tag?: Known<string>;
  /** "daemon.notice", "err", … */
  readonly priority?: Known<string>;
  readonly message: readonly Known<string>[];
}

/** The script waits: `sleep`, or `read` and `wait` for as long as it takes (no `seconds`). */
export interface WaitEffect extends EffectBase {
  readonly kind: "wait";
  readonly seconds?: Known<number>;
}

/** A file that a redirection or a command writes or removes. /proc/sys is in the sysctl effects. */
export interface FileEffect extends EffectBase {
  readonly kind: "file";
  readonly action: "write" | "append" | "touch" | "remove" | "make-directory" | "mode" | "owner";
  readonly file: Known<string>;
}

export interface TrapEffect extends EffectBase {
  readonly kind: "trap";
  /** Without SIG, upper case: "TERM", "EXIT", "ERR". */
  readonly signals: readonly Known<string>[];
  /** `ignore`: `trap '' …`; `default`: `trap - …`. */
  readonly action: "ignore" | "default" | "command";
}

/** `set -e`, `set +o pipefail`. */
export interface OptionEffect extends EffectBase {
  readonly kind: "option";
  /** The long name: errexit, nounset, pipefail, noexec, xtrace, … */
  readonly name: string;
  readonly on: boolean;
}

/** Any command that is none of the others. `echo` and other harmless ones included. */
export interface RunEffect extends EffectBase {
  readonly kind: "run";
  /** As written, path included. */
  readonly name: Known<string>;
  readonly arguments: readonly Known<string>[];
}

export interface SourceEffect extends EffectBase {
  readonly kind: "source";
  readonly target: Known<string>;
  /** The file is being read in already: the shell would go on until it has no more memory. */
  readonly cycle?: true;
}

export interface ExitEffect extends EffectBase {
  readonly kind: "exit";
  readonly how: "exit" | "return";
  /** `exit` without a number ends with the status of the last command. */
  readonly status: Known<number>;
}
