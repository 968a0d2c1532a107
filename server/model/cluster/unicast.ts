/** Who is missing in whose unicast list, and which listed addresses nobody is known to have. */
import type { Site } from "../../../grammar/text.ts";
import { castOf, sourcesOf } from "./cast.ts";
import type { Member } from "./model.ts";

export interface UnicastList {
  readonly member: Member;
  /** Members whose address is known and not in its list. */
  readonly missing: readonly Member[];
  /** Listed addresses that are those of no member, as far as it can be told. */
  readonly strangers: readonly { readonly address: string; readonly site: Site }[];
}

/** The lists of all members that send unicast, among members of one virtual router. */
export const unicastLists = (members: readonly Member[]): readonly UnicastList[] => {
  const ownSourcesOf = (member: Member): readonly string[] | undefined => {
    const own = sourcesOf(member);
    // An address that two members claim was copied, and says nothing of either.
    const isCopied = members.some((other) => other.node !== member.node && own !== undefined && sourcesOf(other)?.join() === own.join());
    return isCopied ? undefined : own;
  };
  return members.flatMap((member): readonly UnicastList[] => {
    const cast = castOf(member);
    if (cast?.kind !== "unicast") return [];
    const others = members.filter(({ node }) => node !== member.node);
    const listed = new Set(cast.peers.map(({ address }) => address));
    const missing = others.filter((other) => {
      const sources = castOf(other)?.kind === "unicast" ? ownSourcesOf(other) : undefined;
      return sources !== undefined && !sources.some((address) => listed.has(address));
    });
    const known = new Set(members.flatMap((each) => [...(ownSourcesOf(each) ?? []), ...each.node.addresses.map(({ address }) => address)]));
    const strange = cast.peers.filter(({ address }) => !known.has(address));
    // Each node whose address nobody knows may be one of them.
    const unknown = others.filter((other) => ownSourcesOf(other) === undefined).length;
    return [{ member, missing, strangers: strange.length > unknown ? strange : [] }];
  });
};

/** Those in which somebody is missing. */
export const lackingPeers = (members: readonly Member[]): readonly UnicastList[] =>
  unicastLists(members).filter(({ missing }) => missing.length > 0);
