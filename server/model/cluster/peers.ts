/**
 * Who belongs together. Links are facts that make two nodes peers; groups are made of linked nodes, the likeliest pairs
 * first, and never hold two variants of one node.
 */
import { baseName, folderOf } from "./files.ts";
import type { PeerReason } from "./model.ts";
import { entryDistance, pairedShapes } from "./names.ts";
import type { Signature } from "./signature.ts";
import { areVariants } from "./variants.ts";

/** The strongest fact that makes two nodes peers; undefined when there is none. */
export const peerReason = (a: Signature, b: Signature): PeerReason | undefined => {
  for (const [address, site] of a.addresses) {
    const other = b.addresses.get(address);
    if (other !== undefined) return { kind: "shared-address", address, sites: [site, other] };
  }
  for (const [source, site] of a.unicastSources) {
    const listed = b.unicastPeers.get(source);
    if (listed !== undefined && listsOther(a, b)) return { kind: "unicast-peers", sites: [site, listed] };
  }
  if (!neighbours(a, b)) return undefined;
  for (const [vrid, mine] of a.vrids) {
    const theirs = b.vrids.get(vrid);
    // Both name addresses and none is common: two clusters that happen to use one VRID, unless their names pair them.
    if (theirs !== undefined && (a.addresses.size === 0 || b.addresses.size === 0 || pairedByName(a, b)))
      return { kind: "same-vrid", vrid, sites: [mine.site, theirs.site] };
  }
  return undefined;
};

/** Whether `a` sends its adverts to an address that `b` sends from. */
const listsOther = (a: Signature, b: Signature): boolean => [...b.unicastSources.keys()].some((address) => a.unicastPeers.has(address));

/** Two ids of one file, the same folder, or folders (roots) side by side. */
const neighbours = (a: Signature, b: Signature): boolean =>
  a.entry.file === b.entry.file || entryDistance(a.entry, b.entry) <= (a.entry.root !== undefined && b.entry.root !== undefined ? 4 : 2);

const pairedByName = (a: Signature, b: Signature): boolean => a.entry.file === b.entry.file || pairedShapes(a.shape, b.shape) === "role";

/** How much the places of two configurations say that they belong together, 0 best. */
const placeRank = (a: Signature, b: Signature): 0 | 1 | 2 | 3 => {
  if (pairedByName(a, b)) return 0;
  const left = folderOf(a.entry.file);
  const right = folderOf(b.entry.file);
  if (left === right) return 1;
  if (baseName(a.entry.file) !== baseName(b.entry.file)) return 3;
  return left.split("/").length === right.split("/").length && (left === "") === (right === "") ? 1 : 2;
};

export interface Group {
  /** Indexes into the signatures, ascending. */
  readonly members: readonly number[];
  readonly links: readonly { readonly a: number; readonly b: number; readonly reason: PeerReason }[];
}

interface Link {
  readonly a: number;
  readonly b: number;
  readonly reason: PeerReason;
  /** Each lists an address of the other. */
  readonly mutual: boolean;
  readonly rank: number;
  readonly distance: number;
}

interface Growing {
  readonly members: number[];
  /** The unlikeliest of the links that made it. */
  last?: Link;
}

/** More nodes than any cluster has; keeps the comparison with all members bounded. */
const maxMembers = 64;

/** Groups of peers; a node without peers is a group of its own. */
export const groupPeers = (signatures: readonly Signature[]): readonly Group[] => {
  const links = candidateLinks(signatures).toSorted(byLikelihood);
  const groups: Growing[] = signatures.map((_, index) => ({ members: [index] }));
  for (const link of links) {
    const left = groups[link.a]!;
    const right = groups[link.b]!;
    if (left === right || !mayJoin(left, right, link, signatures)) continue;
    const [into, from] = left.members.length >= right.members.length ? [left, right] : [right, left];
    into.last = link;
    for (const index of from.members) {
      into.members.push(index);
      groups[index] = into;
    }
  }
  const linksOf = new Map<Growing, Link[]>();
  for (const link of links) {
    const group = groups[link.a]!;
    if (group !== groups[link.b]) continue;
    const list = linksOf.get(group);
    if (list === undefined) linksOf.set(group, [link]);
    else list.push(link);
  }
  return [...new Set(groups)]
    .map((group) => ({
      members: group.members.toSorted((x, y) => x - y),
      links: (linksOf.get(group) ?? []).map(({ a, b, reason }) => ({ a, b, reason })),
    }))
    .toSorted((x, y) => x.members[0]! - y.members[0]!);
};

const byLikelihood = (x: Link, y: Link): number =>
  Number(y.mutual) - Number(x.mutual) ||
  x.rank - y.rank ||
  x.distance - y.distance ||
  strength(x.reason) - strength(y.reason) ||
  x.a - y.a ||
  x.b - y.b;

const strength = (reason: PeerReason): number => ["stated", "shared-address", "unicast-peers", "same-vrid"].indexOf(reason.kind);

const mayJoin = (left: Growing, right: Growing, link: Link, signatures: readonly Signature[]): boolean => {
  if (left.members.length + right.members.length > maxMembers) return false;
  // Two pairs with an address each have no use for the VRID that both happened to take.
  if (link.reason.kind === "same-vrid" && [left.last, right.last].every((last) => last !== undefined && last.reason.kind !== "same-vrid"))
    return false;
  if (link.reason.kind !== "unicast-peers") {
    // Two clusters, each closer together than this link: copies of each other, a setup before and after, a lab for two and for three nodes.
    if (left.last !== undefined && right.last !== undefined && isCloser(left.last, link) && isCloser(right.last, link)) return false;
    // A file of another name elsewhere in the tree is no further node of a cluster whose files look alike.
    if (link.rank === 3 && [left.last, right.last].some((last) => last !== undefined && last.rank < 3)) return false;
  }
  return !left.members.some((x) => right.members.some((y) => areVariants(signatures[x]!, signatures[y]!)));
};

const isCloser = (a: Link, b: Link): boolean => a.rank < b.rank || (a.rank === b.rank && a.distance < b.distance);

/** How many of the following nodes under one key each is compared with: a tutorial's address stands in hundreds of files. */
const maxCompared = 64;

/** Pairs that share an address, a unicast address or a VRID, found through an index instead of by comparing all with all. */
const candidateLinks = (signatures: readonly Signature[]): readonly Link[] => {
  const byKey = new Map<string, number[]>();
  signatures.forEach((signature, index) => {
    for (const key of keysOf(signature)) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [index]);
      else list.push(index);
    }
  });
  const seen = new Set<number>();
  const links: Link[] = [];
  for (const indexes of byKey.values()) {
    for (const [position, a] of indexes.entries()) {
      for (const b of indexes.slice(position + 1, position + 1 + maxCompared)) {
        const pair = a * signatures.length + b;
        if (seen.has(pair)) continue;
        seen.add(pair);
        const left = signatures[a]!;
        const right = signatures[b]!;
        const reason = peerReason(left, right);
        if (reason === undefined || areVariants(left, right)) continue;
        links.push({
          a,
          b,
          reason,
          mutual: listsOther(left, right) && listsOther(right, left),
          rank: placeRank(left, right),
          distance: entryDistance(left.entry, right.entry),
        });
      }
    }
  }
  return links;
};

const keysOf = ({ entry, addresses, unicastSources, unicastPeers, vrids }: Signature): ReadonlySet<string> => {
  const place = entry.root ?? folderOf(entry.file);
  const places = [place, folderOf(place), ...(entry.root === undefined ? [] : [folderOf(folderOf(place))])];
  return new Set([
    ...[...addresses.keys()].map((address) => `vip ${address}`),
    ...[...unicastSources.keys(), ...unicastPeers.keys()].map((address) => `unicast ${address}`),
    ...[...vrids.keys()].flatMap((vrid) => places.map((folder) => `vrid ${vrid} ${folder}`)),
  ]);
};
