/**
 * Who belongs together. Links are facts that make two nodes peers; groups are made of linked nodes, nearest in the tree
 * first, and never hold two variants of one node: a copy of a configuration shares everything with its original and
 * would otherwise look like the worst of split brains.
 */
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { Configuration } from "../node/model.ts";
import { entryDistance, folderParts, type Entry } from "./discover.ts";
import { baseName, folderOf } from "./files.ts";
import type { PeerReason } from "./model.ts";

/** What grouping looks at: small, so that a change elsewhere in the configuration leaves the groups alone. */
export interface Signature {
  readonly entry: Entry;
  readonly addresses: ReadonlyMap<string, Site>;
  readonly vrids: ReadonlyMap<number, { readonly site: Site; readonly interface: string | undefined; readonly priority: number | undefined }>;
  readonly unicastSources: ReadonlyMap<string, Site>;
  readonly unicastPeers: ReadonlyMap<string, Site>;
  readonly routerId: string | undefined;
  readonly ownAddresses: ReadonlySet<string>;
}

export const signatureOf = (entry: Entry, configuration: Configuration, ownAddresses: readonly string[]): Signature => {
  const addresses = new Map<string, Site>();
  const vrids = new Map<number, { site: Site; interface: string | undefined; priority: number | undefined }>();
  const unicastSources = new Map<string, Site>();
  const unicastPeers = new Map<string, Site>();
  for (const instance of configuration.instances) {
    for (const { address, site } of [...instance.virtualAddresses, ...instance.excludedAddresses])
      if (address !== undefined) addresses.set(address, site);
    const vrid = instance.virtualRouterId;
    if (vrid?.value !== undefined)
      vrids.set(vrid.value, { site: vrid.site, interface: instance.interface?.value, priority: instance.priority?.value });
    const source = instance.unicastSource;
    if (source?.value !== undefined) unicastSources.set(canonicalAddress(source.value), source.site);
    for (const peer of instance.unicastPeers) if (peer.value !== undefined) unicastPeers.set(canonicalAddress(peer.value), peer.site);
  }
  return {
    entry,
    addresses,
    vrids,
    unicastSources,
    unicastPeers,
    routerId: configuration.global.routerId?.value,
    ownAddresses: new Set([...unicastSources.keys(), ...ownAddresses]),
  };
};

/** The strongest fact that makes two nodes peers; undefined when there is none. */
export const peerReason = (a: Signature, b: Signature): PeerReason | undefined => {
  for (const [address, site] of a.addresses) {
    const other = b.addresses.get(address);
    if (other !== undefined) return { kind: "shared-address", address, sites: [site, other] };
  }
  for (const [source, site] of a.unicastSources) {
    const listed = b.unicastPeers.get(source);
    const back = [...b.unicastSources.keys()].some((address) => a.unicastPeers.has(address));
    if (listed !== undefined && back) return { kind: "unicast-peers", sites: [site, listed] };
  }
  // Two ids of one file, or neighbouring folders, that use the same VRID.
  if (!neighbours(a.entry, b.entry)) return undefined;
  for (const [vrid, mine] of a.vrids) {
    const theirs = b.vrids.get(vrid);
    // Both name addresses and none is common: two clusters that happen to use one VRID, unless their names pair them.
    if (theirs !== undefined && (a.addresses.size === 0 || b.addresses.size === 0 || pairedNames(a.entry, b.entry)))
      return { kind: "same-vrid", vrid, sites: [mine.site, theirs.site] };
  }
  return undefined;
};

const neighbours = (a: Entry, b: Entry): boolean => a.file === b.file || entryDistance(a, b) <= (a.root !== undefined && b.root !== undefined ? 6 : 2);

const roleWord = /master|backup|slave|primary|secondary|active|standby|main|(?:node|lb|host|server|srv|ha|db|lvs|proxy|haproxy|nginx|web|vm|k8s|gw|fw|dns|mysql|redis)?[-_]?0*\d{1,3}/giu;

/** Whether two paths are the same but for a role or a number: keepalived-master.conf and -backup.conf, lb1/ and lb2/. */
const pairedNames = (a: Entry, b: Entry): boolean => {
  if (a.file === b.file) return true;
  const blank = (file: string): string => file.toLowerCase().replace(roleWord, "*");
  return blank(a.file) === blank(b.file);
};

const variantName = /\.(?:bak|orig|old|save|sample|example|dist|default|rpmnew|rpmsave|dpkg-\w+|swp)\b|~$|[-_.](?:bak|orig|old|sample|example|copy|template)\b|\bcopy\b/iu;

/** Whether two configurations are versions of one node's: they could not run at the same time. */
export const areVariants = (a: Signature, b: Signature): boolean => {
  if (a.entry.file === b.entry.file && a.entry.configId === b.entry.configId) return true;
  for (const own of a.ownAddresses) if (b.ownAddresses.has(own)) return true;
  if (variantName.test(baseName(a.entry.file)) !== variantName.test(baseName(b.entry.file)) && folderOf(a.entry.file) === folderOf(b.entry.file))
    return samePriorities(a, b);
  const sameId = a.routerId !== undefined && a.routerId === b.routerId;
  if (sameId && samePriorities(a, b) && !pairedNames(a.entry, b.entry)) return true;
  return a.entry.file !== b.entry.file && sameMachineName(a.entry, b.entry);
};

const samePriorities = (a: Signature, b: Signature): boolean => {
  for (const [vrid, { priority }] of a.vrids) {
    const other = b.vrids.get(vrid);
    if (other === undefined || other.priority !== priority) return false;
  }
  return a.vrids.size > 0 && a.vrids.size === b.vrids.size;
};

/**
 * The same machine in two trees (before/db1 and after/db1): the nearest telling folder has one name, and what differs
 * above it is no role or number (lb1/haproxy and lb2/haproxy are two machines).
 */
const sameMachineName = (a: Entry, b: Entry): boolean => {
  const left = folderParts(a).at(-1);
  if (left === undefined || left !== folderParts(b).at(-1) || a.configId !== b.configId) return false;
  if ((a.root ?? folderOf(a.file)) === (b.root ?? folderOf(b.file))) return false;
  return !pairedNames(a, b);
};

export interface Group {
  /** Indexes into the signatures, ascending. */
  readonly members: readonly number[];
  readonly links: readonly { readonly a: number; readonly b: number; readonly reason: PeerReason }[];
}

/**
 * Groups of peers; a node without peers is a group of its own. Nearest pairs are joined first, so that two copies of a
 * cluster become two clusters, not one of twice the size.
 */
export const groupPeers = (signatures: readonly Signature[]): readonly Group[] => {
  const links = candidateLinks(signatures);
  links.sort((x, y) => x.distance - y.distance || strength(x.reason) - strength(y.reason) || x.a - y.a || x.b - y.b);
  const groupOf = signatures.map((_, index) => index);
  const members = new Map(signatures.map((_, index) => [index, [index]]));
  const used: { a: number; b: number; reason: PeerReason }[] = [];
  for (const link of links) {
    const left = groupOf[link.a]!;
    const right = groupOf[link.b]!;
    if (left === right) {
      used.push(link);
      continue;
    }
    const joined = [...members.get(left)!, ...members.get(right)!];
    const clash = members.get(left)!.some((x) => members.get(right)!.some((y) => areVariants(signatures[x]!, signatures[y]!)));
    if (clash || joined.length > 64) continue;
    for (const index of members.get(right)!) groupOf[index] = left;
    members.set(left, joined);
    members.delete(right);
    used.push(link);
  }
  return [...members.values()]
    .map((group) => ({
      members: group.toSorted((x, y) => x - y),
      links: used.filter(({ a }) => group.includes(a)).map(({ a, b, reason }) => ({ a, b, reason })),
    }))
    .toSorted((x, y) => x.members[0]! - y.members[0]!);
};

const strength = (reason: PeerReason): number => ["stated", "shared-address", "unicast-peers", "same-vrid"].indexOf(reason.kind);

/** Pairs that share an address, a unicast address or a VRID, found through an index instead of by comparing all with all. */
const candidateLinks = (signatures: readonly Signature[]): { a: number; b: number; reason: PeerReason; distance: number }[] => {
  const byKey = new Map<string, number[]>();
  signatures.forEach((signature, index) => {
    const folder = folderOf(signature.entry.file);
    const parent = folderOf(folder);
    const keys = [
      ...[...signature.addresses.keys()].map((address) => `vip ${address}`),
      ...[...signature.unicastSources.keys(), ...signature.unicastPeers.keys()].map((address) => `uni ${address}`),
      ...[...signature.vrids.keys()].flatMap((vrid) => [`vrid ${vrid} ${folder}`, `vrid ${vrid} ${parent}`, `vrid ${vrid} ${signature.entry.root === undefined ? "" : folderOf(signature.entry.root)}`]),
    ];
    for (const key of new Set(keys)) byKey.set(key, [...(byKey.get(key) ?? []), index]);
  });
  const seen = new Set<string>();
  const links: { a: number; b: number; reason: PeerReason; distance: number }[] = [];
  for (const indexes of byKey.values()) {
    // A tutorial's address in hundreds of files says nothing; only the nearest of them are compared.
    for (const [position, a] of indexes.entries()) {
      for (const b of indexes.slice(position + 1, position + 1 + maxCompared)) {
        if (seen.has(`${a} ${b}`)) continue;
        seen.add(`${a} ${b}`);
        const reason = peerReason(signatures[a]!, signatures[b]!);
        if (reason !== undefined && !areVariants(signatures[a]!, signatures[b]!))
          links.push({ a, b, reason, distance: entryDistance(signatures[a]!.entry, signatures[b]!.entry) });
      }
    }
  }
  return links;
};

const maxCompared = 64;
