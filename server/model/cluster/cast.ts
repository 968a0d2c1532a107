/** How an instance's adverts travel, and between which addresses. */
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { familyOf } from "../node/defaults.ts";
import { all, isUnknownWord } from "../node/settings.ts";
import type { Member } from "./model.ts";

export type MemberCast =
  | {
      readonly kind: "unicast";
      /** Canonical. */
      readonly peers: readonly { readonly address: string; readonly site: Site }[];
      /** The block that lists them. */
      readonly site: Site;
    }
  | { readonly kind: "multicast"; readonly group: string; /** Where the group is written; absent for the default. */ readonly site?: Site };

/** Undefined where a variable may be a peer or a group. Peers of the other family are dropped; without any it is multicast. */
export const castOf = ({ configuration, instance }: Member): MemberCast | undefined => {
  const family = familyOf(instance);
  if (family === undefined) return undefined;
  const blocks = all(instance.item, "unicast_peer");
  const lines = blocks.flatMap((block) => block.items);
  if (lines.some((line) => isUnknownWord(line, line.keyword))) return undefined;
  const peers = lines.flatMap(({ keyword }) => {
    const parsed = parseAddress(keyword.value);
    return parsed?.family === family ? [{ address: parsed.text, site: keyword.site }] : [];
  });
  if (peers.length > 0) return { kind: "unicast", peers, site: blocks[0]!.keyword.site };
  const { multicastGroup4, multicastGroup6 } = configuration.global;
  const group = instance.multicastGroup ?? (family === 4 ? multicastGroup4 : multicastGroup6);
  if (group === undefined) return { kind: "multicast", group: family === 4 ? "224.0.0.18" : "ff02::12" };
  return group.value === undefined ? undefined : { kind: "multicast", group: canonicalAddress(group.value), site: group.site };
};

/**
 * The addresses a member's adverts may come from: what it states as its source, else what is known of its interface.
 * Undefined where nobody knows.
 */
export const sourcesOf = ({ node, instance }: Member): readonly string[] | undefined => {
  const { unicastSource } = instance;
  if (unicastSource !== undefined) return unicastSource.value === undefined ? undefined : [canonicalAddress(unicastSource.value)];
  const family = familyOf(instance);
  const device = instance.interface?.value;
  const own = node.addresses.filter(
    (address) =>
      (address.device === undefined || device === undefined || address.device === device) &&
      parseAddress(address.address)?.family === family,
  );
  return own.length === 0 ? undefined : own.map(({ address }) => address);
};
