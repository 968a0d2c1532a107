/**
 * What scripts and host files do to a host, as facts in order. The same shapes come out of shell scripts, lists of
 * iptables commands, iptables-save dumps and sysctl files, so that a rule need not care which of them said it.
 */
import type { Site, Span } from "../../../grammar/text.ts";

/**
 * A value that somebody gives, with the word that gives it. `unknown`: it is given, but depends on what cannot be seen (a
 * parameter, another command). A value that is not given at all is an absent field.
 */
export type Known<T> =
  { readonly kind: "known"; readonly value: T; readonly site: Site } | { readonly kind: "unknown"; readonly site: Site };

/** One arm of one branching command that must have been taken, or one round of a loop. */
export type PathStep = BranchStep | RoundStep;

export interface BranchStep {
  readonly kind: "branch";
  /** Tells evaluations of branching commands apart: the same `if` in two rounds of a loop has two numbers. */
  readonly branch: number;
  /** Counted from 0; for `if` without `else` and for `case` without `*` the arm after the last is "none of them". */
  readonly arm: number;
  /** The branching command. */
  readonly site: Site;
  /** The condition in words: "`$1` is start", "`ping -c1 gw` succeeds". */
  readonly text: string;
  /** For `case`: what is compared, such as `$1`, and the patterns of the arm (all of them literal, else absent). */
  readonly subject?: string;
  readonly values?: readonly string[];
}

export interface RoundStep {
  readonly kind: "round";
  /** The loop. */
  readonly site: Site;
  /** Counted from 0. */
  readonly round: number;
  readonly variable: string;
  readonly value: string;
}

interface EffectBase {
  /** The whole command, or the line of a host file. */
  readonly site: Site;
  /** The name of the command; in a host file the key or the first word of the line. */
  readonly command: Site;
  /** Under which branches and in which rounds it happens, outermost first. */
  readonly path: readonly PathStep[];
}

export type Effect =
  | MarkEffect
  | FirewallEffect
  | AddressEffect
  | RouteEffect
  | SysctlEffect
  | IpvsEffect
  | ServiceEffect
  | KillEffect
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

export type FirewallTool = "iptables" | "ip6tables" | "nft";

/** A rule that sets a packet mark. On a packet without mark the outcome is `mark`; `mask` are the bits it touches. */
export interface MarkEffect extends EffectBase {
  readonly kind: "mark";
  readonly tool: FirewallTool;
  readonly action: "append" | "insert" | "delete";
  readonly table: Known<string>;
  readonly chain: Known<string>;
  /** Unsigned 32 bit. */
  readonly mark: Known<number>;
  readonly mask: Known<number>;
  readonly match: PacketMatch;
}

/** Any other change of the packet filter. */
export interface FirewallEffect extends EffectBase {
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

export interface RouteEffect extends EffectBase {
  readonly kind: "route";
  readonly action: "add" | "delete";
  /** Address with prefix as written, or "default". */
  readonly destination?: Known<string>;
  readonly gateway?: Known<string>;
  readonly device?: Known<string>;
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
}

export interface ExitEffect extends EffectBase {
  readonly kind: "exit";
  readonly how: "exit" | "return";
  /** `exit` without a number ends with the status of the last command. */
  readonly status: Known<number>;
}

/** The statuses a script can end with. */
export interface ExitStatuses {
  /** Sorted, without repetition. */
  readonly known: readonly number[];
  /** Whether it can also end with one that depends on what cannot be seen, and where that is decided. */
  readonly unknown: boolean;
}

export interface UnsetVariable {
  readonly name: string;
  /** The use in an argument of a command. */
  readonly site: Site;
}

export interface ScriptEffects {
  readonly effects: readonly Effect[];
  /** Variables that are used as a command's argument and are assigned nowhere in the script. */
  readonly unsetVariables: readonly UnsetVariable[];
  readonly exitStatuses: ExitStatuses;
  /** False when a bound (rounds, depth, number of effects) ended the reading early. */
  readonly complete: boolean;
}

export interface ScriptContext {
  readonly file: string;
  /** What $1, $2, … are, where that is known; undefined for one that is not. Without the field nothing is known of them. */
  readonly arguments?: readonly (string | undefined)[];
  /** Where a span of the script was written, for scripts that stand inside another text (`sh -c '…'`). */
  readonly mapSite?: (span: Span) => Site;
}
