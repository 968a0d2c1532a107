/**
 * The one address family of an instance: the first statement that says one fixes it, in the order of the file, and the
 * daemon refuses what of the other family comes later (keepalived v2.4.3 vrrp_data.c:1235, vrrp_parser.c:981).
 */
import { remembered } from "./remembered.ts";
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import type { ConfigItem, ConfigWord } from "./items.ts";
import { isUnknownWord } from "./settings.ts";

export type FamilyRole = "virtual-address" | "source" | "peer" | "multicast" | "native-ipv6" | "version-2";

/** A statement, or an entry of a list, that has a family. */
export interface FamilyWord {
  readonly role: FamilyRole;
  readonly item: ConfigItem;
  readonly word: ConfigWord;
  readonly family: 4 | 6;
}

export interface FamilyReading {
  /** 4 when nothing says one; undefined when it cannot be known. */
  readonly family: 4 | 6 | undefined;
  readonly by?: FamilyWord;
  /** What the daemon refuses because the family was fixed before. Empty as long as a variable may have fixed it. */
  readonly refused: readonly FamilyWord[];
}

const roles: Readonly<Record<string, FamilyRole>> = {
  mcast_src_ip: "source",
  unicast_src_ip: "source",
  use_ipvlan: "source",
  mcast_dst_ip: "multicast",
  unicast_peer: "peer",
  virtual_ipaddress: "virtual-address",
};

/** Reads the block of a vrrp_instance from its first line to its last. */
export const familyReading = remembered((instance: ConfigItem): FamilyReading => {
  let by: FamilyWord | undefined;
  let uncertain = false;
  const refused: FamilyWord[] = [];
  for (const found of familyWords(instance)) {
    if (found.family === undefined) {
      if (by !== undefined) continue;
      // A list that begins with a variable may be of either family; a source address hardly differs from what follows it.
      if (found.role === "virtual-address") return { family: undefined, refused: [] };
      uncertain = true;
    } else if (by !== undefined) {
      if (found.family !== by.family) refused.push(found as FamilyWord);
    } else if (found.role !== "version-2") by = found as FamilyWord;
  }
  if (by === undefined) return { family: uncertain ? undefined : 4, refused: [] };
  return { family: by.family, by, refused: uncertain ? [] : refused };
});

type FoundWord = Omit<FamilyWord, "family"> & { readonly family: 4 | 6 | undefined };

/** Everything with a family in order. What is no address at all is skipped, as the daemon does. */
function* familyWords(instance: ConfigItem): Generator<FoundWord> {
  for (const item of instance.items) {
    const { keyword, args, kind, items } = item;
    const role = roles[keyword.value];
    if (keyword.value === "native_ipv6") yield { role: "native-ipv6", item, word: keyword, family: 6 };
    if (keyword.value === "version" && args[0]?.value === "2") yield { role: "version-2", item, word: args[0], family: 4 };
    if (role === undefined) continue;
    const words = kind === "block" ? items.map((entry) => ({ item: entry, word: entry.keyword })) : args.map((word) => ({ item, word }));
    for (const one of words) {
      if (isUnknownWord(one.item, one.word)) yield { role, ...one, family: undefined };
      const family = parseAddress(one.word.value)?.family;
      if (family !== undefined) yield { role, ...one, family };
    }
  }
}
