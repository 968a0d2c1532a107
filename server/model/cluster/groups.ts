/** Groups of nodes: the stated clusters as they are stated, and those found among all other nodes. */
import { type Group, groupPeers } from "./peers.ts";
import type { Signature } from "./signature.ts";
import type { Stated, StatedCluster } from "./stated.ts";

export interface NamedGroup extends Group {
  /** The statement it comes from. */
  readonly cluster?: StatedCluster;
}

/** Indexes of members are those of `signatures`, stated groups first. Whoever is alone by nature is a group by itself. */
export const groupNodes = (
  stated: Stated,
  signatures: readonly Signature[],
  isAlone: (index: number) => boolean = () => false,
): readonly NamedGroup[] => [
  ...stated.clusters.flatMap((cluster, index) =>
    statedGroup(
      cluster,
      signatures.flatMap(({ entry }, member) => (entry.cluster === index && !isAlone(member) ? [member] : [])),
    ),
  ),
  ...foundGroups(signatures, isAlone),
  ...signatures.flatMap((_, index) => (isAlone(index) ? [{ members: [index], links: [] }] : [])),
];

/** More stated nodes than this are linked in a row, not each with each. */
const maxLinked = 64;

const statedGroup = (cluster: StatedCluster, members: readonly number[]): readonly NamedGroup[] => {
  if (members.length === 0) return [];
  const links = members.flatMap((a, position) =>
    members
      .slice(position + 1, members.length > maxLinked ? position + 2 : undefined)
      .map((b) => ({ a, b, reason: { kind: "stated" } as const })),
  );
  return [{ members, links, cluster }];
};

/** Groups of the nodes that nobody stated. */
const foundGroups = (signatures: readonly Signature[], isAlone: (index: number) => boolean): readonly NamedGroup[] => {
  const indexes = signatures.flatMap(({ entry }, index) => (entry.stated === undefined && !isAlone(index) ? [index] : []));
  return groupPeers(indexes.map((index) => signatures[index]!)).map(({ members, links }) => ({
    members: members.map((index) => indexes[index]!),
    links: links.map(({ a, b, reason }) => ({ a: indexes[a]!, b: indexes[b]!, reason })),
  }));
};

/** Equal for equal statements: what was made under another one is made again. */
export const statementOf = (stated: Stated): string =>
  JSON.stringify(stated, (_key, value: unknown) => (value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : value));
