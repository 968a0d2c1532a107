/**
 * Machines and clusters: the level that `keepalived -t` does not see. A node is one machine with everything known of
 * it; a cluster is a group of nodes that are peers, with how that is known.
 */
import type { ShellScript } from "../../../grammar/shell/tree.ts";
import type { Site, Sited, Span } from "../../../grammar/text.ts";
import type { SystemShell } from "../../../grammar/vocabulary/releases.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import type { HaproxyConfig } from "../effects/haproxy.ts";
import type { ScriptEffects } from "../effects/script-facts.ts";
import type { Effect } from "../effects/types.ts";
import type { Command } from "../node/command.ts";
import type { Configuration, VrrpInstance } from "../node/model.ts";
import type { OtherWorld, Templates } from "./templates.ts";

export interface NodeModel {
  /** Named after the nearest folder or file name part that tells it from its siblings, or its configuration id. */
  readonly name: string;
  /** Undefined for a machine without keepalived: a real server, a proxy. */
  readonly configuration?: Configuration;
  /** Where the machine's `/` lies in the tree, when its files stand at their real paths. "" is the tree's own root. */
  readonly root?: string;
  /** Files of the configuration that every account of the machine may read, with their permission bits. Absent without a root: then modes say nothing of the machine. */
  readonly readableByAll?: ReadonlyMap<string, number>;
  /** The version stated for this node; it goes before the one of the run. */
  readonly version?: Version;
  /** What /bin/sh is on the machine, where its distribution is known. */
  readonly systemShell?: SystemShell;
  /** Interfaces that kalint.toml states, by name; absent when it says nothing of this machine's interfaces. */
  readonly interfaces?: ReadonlyMap<string, InterfaceFacts>;
  /** Addresses the machine itself has: ifcfg files, unicast_src_ip, static_ipaddress, stated interfaces. */
  readonly addresses: readonly OwnAddress[];
  /** Scripts that the configuration names, found or not. */
  readonly linkedScripts: readonly LinkedScript[];
  /** The numbers that tracked files hold, by name of the `track_file` block, as far as the files are in the tree. */
  readonly trackedFiles?: ReadonlyMap<string, number>;
  /** Every other file of the machine that says something: init scripts, firewall dumps, sysctl files. */
  readonly companions: readonly Companion[];
}

/** What is stated of one interface. Interfaces of one segment hear each other. */
export interface InterfaceFacts {
  readonly addresses: readonly { readonly address: string; readonly prefix?: number }[];
  readonly mac?: string;
  /** The name of the segment; the interface's own name when none is stated. */
  readonly segment: string;
}

export interface OwnAddress {
  /** Canonical, without prefix. */
  readonly address: string;
  readonly prefix?: number;
  readonly device?: string;
  readonly site: Site;
}

export type ScriptUse = "check" | "notify" | "misc-check" | "quorum" | "server-notify" | "other";

/** What an argument is: a text, one of several, or not known. */
export type ScriptArgument = string | readonly string[] | undefined;

export interface LinkedScript {
  readonly command: Command;
  readonly use: ScriptUse;
  /** Path on the machine as the configuration writes it. */
  readonly path: Sited<string>;
  /** The script file when the program is an interpreter (`/bin/bash FILE`): then `resolution` is about this file, which needs no execute bit. */
  readonly interpreted?: Sited<string>;
  /** What the script gets as $1, $2, …: the words of the command, and those that the daemon adds for `notify`. */
  readonly passed: readonly ScriptArgument[];
  /** env or sudo starts it (`/usr/bin/env FILE`): it needs the bit after all, but the daemon does not look at it. */
  readonly launchedBy?: string;
  /** `found` without a `script`: it is no shell script; without a `text`: it is no text. */
  readonly resolution: ScriptResolution;
  /** The script that stands in the command itself: `sh -c '…'`. */
  readonly inline?: InlineScript;
  /** What the command does: the script with the arguments it gets here, or the command itself where it names no script that is known. */
  readonly effects: ScriptEffects;
}

/** A script in a command of the configuration. */
export interface InlineScript {
  /** Base name of the shell that gets it. */
  readonly shell: string;
  readonly text: string;
  readonly script: ShellScript;
  /** Where a span of the text stands in the configuration; where something is escaped, the whole text. */
  readonly siteOf: (span: Span) => Site;
}

export type ScriptResolution =
  | { readonly kind: "found"; readonly file: string; readonly script?: ScriptFile; readonly text?: string; readonly mode?: number }
  /** The machine's files are in the tree, and this one is not among them. `near`: a file of the same base name elsewhere. */
  | { readonly kind: "missing"; readonly looked: readonly string[]; readonly near?: string }
  /** Nothing in the tree says what files the machine has. */
  | { readonly kind: "unknown" };

/** A shell script of a machine: its tree, and what it does with the arguments it is called with (unknown for companions). */
export interface ScriptFile {
  readonly file: string;
  readonly text: string;
  readonly script: ShellScript;
  readonly effects: ScriptEffects;
}

export type CompanionKind =
  | "script"
  | "iptables-save"
  | "nftables"
  | "firewalld"
  | "ipvsadm"
  | "sysctl"
  /** A file of interfaces: ifcfg, /etc/network/interfaces, netplan. */
  | "interface"
  /** The addresses that a machine had when `kalint collect` ran on it, those that keepalived held included. */
  | "addresses"
  | "haproxy";

export interface Companion {
  readonly kind: CompanionKind;
  readonly file: string;
  /** The file stands in a folder that several nodes share, so it may belong to any of them. */
  readonly shared: boolean;
  readonly effects: readonly Effect[];
  /** For scripts. */
  readonly script?: ScriptFile;
  /** For interface files: the default gateway. */
  readonly gateway?: Sited<string>;
  /** For haproxy.cfg. */
  readonly haproxy?: HaproxyConfig;
}

/** Why two nodes are peers, strongest first. */
export type PeerReason =
  | { readonly kind: "stated" }
  | { readonly kind: "shared-address"; readonly address: string; readonly sites: readonly [Site, Site] }
  | { readonly kind: "unicast-peers"; readonly sites: readonly [Site, Site] }
  | { readonly kind: "same-vrid"; readonly vrid: number; readonly sites: readonly [Site, Site] };

export interface PeerLink {
  readonly nodes: readonly [NodeModel, NodeModel];
  readonly reason: PeerReason;
}

export interface ClusterModel {
  /** Its one node with keepalived is a template: the cluster is one of the ways to read it, and here are the others. */
  readonly template?: { readonly templates: Templates; readonly worlds: readonly OtherWorld[] };
  /** Its nodes are named in kalint.toml. */
  readonly stated?: true;
  /** The folder that holds its nodes, or the name stated in kalint.toml. */
  readonly name: string;
  /** Nodes with keepalived first; machines without it (real servers, proxies) behind them. */
  readonly nodes: readonly NodeModel[];
  /** Empty for a single node: then nothing is known of its peers. */
  readonly links: readonly PeerLink[];
  readonly virtualRouters: readonly VirtualRouter[];
}

/** Instances on different nodes that are, or were meant to be, one virtual router. */
export interface VirtualRouter {
  readonly members: readonly Member[];
  /** Why they belong together: a common address, or only the VRID. */
  readonly reason: "shared-address" | "vrid" | "single";
}

export interface Member {
  readonly node: NodeModel;
  readonly configuration: Configuration;
  readonly instance: VrrpInstance;
}
