/**
 * Who hears whom among the members of a virtual router, and who differs from the others. All rules about peers start
 * here, so that one cause is told once: nodes with different VRIDs or protocol versions drop each other's adverts before
 * anything else in them is looked at (observed: vrid-mismatch), and whatever else differs between them follows later.
 */
import { familyOf, vrrpVersion } from "../node/defaults.ts";
import { isUnknownWord } from "../node/settings.ts";
import type { Member, VirtualRouter } from "./model.ts";

/** A member that differs from its peers in one thing. */
export interface Deviation<T> {
  readonly member: Member;
  readonly value: T;
  /** The first of those it should agree with. */
  readonly reference: Member;
  readonly expected: T;
  /** All that agree with the reference, itself first. */
  readonly agreeing: readonly Member[];
}

/**
 * The members in sets that read each other's adverts, as far as VRID and version go; sets of one are left out. A member
 * whose VRID or version cannot be known is taken to fit where all others agree, and is left out otherwise. So is one
 * without any address beside members that have some: it is unfinished, and every difference follows from that.
 */
export const hearing = (router: VirtualRouter): readonly (readonly Member[])[] => setsBy(router, channelOf);

/** The same as far as the VRID goes. */
export const sharingVrid = (router: VirtualRouter): readonly (readonly Member[])[] =>
  setsBy(router, ({ instance }) => (instance.virtualRouterId?.value === undefined ? undefined : `${instance.virtualRouterId.value}`));

const setsBy = (router: VirtualRouter, keyOf: (member: Member) => string | undefined): readonly (readonly Member[])[] => {
  const members = finishedMembers(router);
  const known = new Map<string, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (key !== undefined) known.set(key, [...(known.get(key) ?? []), member]);
  }
  const sets = known.size > 1 ? [...known.values()] : [members];
  return sets.filter((set) => nodesOf(set).size > 1);
};

/** The members with an address, where any has one: a member without is unfinished. */
export const finishedMembers = ({ members }: VirtualRouter): readonly Member[] => {
  const finished = members.filter(hasAddresses);
  return finished.length === 0 ? members : finished;
};

const hasAddresses = ({ instance }: Member): boolean => instance.virtualAddresses.length + instance.excludedAddresses.length > 0;

const channelOf = ({ configuration, instance }: Member): string | undefined => {
  const vrid = instance.virtualRouterId?.value;
  const version = vrrpVersion(configuration, instance);
  // Adverts of the other family are never read, whatever the version.
  const family = familyOf(instance);
  return vrid === undefined || version === undefined || family === undefined ? undefined : `${vrid} ${version} ${family}`;
};

const nodesOf = (members: readonly Member[]): ReadonlySet<unknown> => new Set(members.map(({ node }) => node));

/**
 * The odd ones out: every member whose value is not that of the majority is named once, against the first of the
 * majority; without a majority, against the first member. `read` gives undefined for what cannot be known.
 */
export const deviations = <T>(
  members: readonly Member[],
  read: (member: Member) => T | undefined,
  same: (a: T, b: T) => boolean,
): readonly Deviation<T>[] => {
  const camps: { readonly value: T; readonly members: Member[] }[] = [];
  for (const member of members) {
    const value = read(member);
    if (value === undefined) continue;
    const camp = camps.find((other) => same(other.value, value));
    if (camp === undefined) camps.push({ value, members: [member] });
    else camp.members.push(member);
  }
  const right = camps.toSorted((a, b) => b.members.length - a.members.length)[0];
  if (right === undefined) return [];
  return camps
    .filter((camp) => camp !== right)
    .flatMap(({ value, members: deviating }) =>
      deviating.flatMap((member): Deviation<T>[] => {
        const reference = right.members.find(({ node }) => node !== member.node);
        if (reference === undefined) return [];
        const agreeing = [reference, ...right.members.filter((other) => other !== reference)];
        return [{ member, value, reference, expected: right.value, agreeing }];
      }),
    );
};

/**
 * Whether all that the daemon will read of an instance is in sight. An include that leads nowhere here, or a line that is
 * still a variable or a template mark, may hold any setting: what seems not written may be written there.
 */
export const isWhole = ({ configuration, instance }: Member): boolean => {
  const { site, items } = instance.item;
  const hidden = configuration.expansion.includes.some(
    ({ site: at, matches, unreadable }) =>
      (matches.files.length === 0 || unreadable.length > 0) &&
      at.file === site.file &&
      at.span.start >= site.span.start &&
      at.span.end <= site.span.end,
  );
  return !hidden && !items.some((item) => isUnknownWord(item, item.keyword));
};

/** How a message at one member speaks of another: "db2", or "VI_2 of db2" when the instance has another name there. */
export const peerName = (other: Member, beside: Member): string =>
  other.instance.name.value === beside.instance.name.value ? other.node.name : `${other.instance.name.value} of ${other.node.name}`;

/** The same for several: "db2 and db3". */
export const peerNames = (others: readonly Member[], beside: Member): string => {
  const names = [...new Set(others.map((other) => peerName(other, beside)))];
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
};
