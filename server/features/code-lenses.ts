/** Lines above blocks: who the peers of an instance are and who would be master; how often something is used. */
import type { Span } from "../../grammar/text.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import { startOf } from "../failover/start.ts";
import type { ClusterModel, Member } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import { basePriority } from "../model/node/defaults.ts";

export interface CodeLens {
  /** Of the block's header. */
  readonly span: Span;
  readonly title: string;
  readonly action: { readonly kind: "references"; readonly offset: number } | { readonly kind: "failover" };
}

export const codeLenses = (project: Project, file: string, version: Version): readonly CodeLens[] => {
  const found = new Map<string, CodeLens>();
  const add = (lens: CodeLens): void => void found.set(`${lens.span.start} ${lens.title}`, lens);
  for (const cluster of project.clusters) {
    const { nodes, virtualRouters } = cluster;
    for (const { members } of virtualRouters) {
      for (const own of members) {
        const { site } = own.instance.item.keyword;
        if (members.length > 1 && site.file === file && site.via === undefined)
          add({ span: site.span, title: routerTitle(own, members, cluster, version), action: { kind: "failover" } });
      }
    }
    for (const { configuration } of nodes) {
      for (const { kind, name, item } of configuration?.symbols.definitions ?? []) {
        const { site } = item.keyword;
        if (kind === "instance" || site.file !== file || site.via !== undefined) continue;
        const count = configuration!.symbols.references.filter((each) => each.kind === kind && each.name.value === name.value).length;
        add({
          span: site.span,
          title: count === 0 ? "not used" : count === 1 ? "used once" : `used ${count} times`,
          action: { kind: "references", offset: name.site.span.start },
        });
      }
    }
  }
  return [...found.values()].toSorted((a, b) => a.span.start - b.span.start);
};

const routerTitle = (own: Member, members: readonly Member[], cluster: ClusterModel, version: Version): string => {
  const peers = members.filter((member) => member !== own).map(({ node, instance }) => `${node.name} (${basePriority(instance) ?? "?"})`);
  return [...masterSaid(own, cluster, version), `peers: ${peers.join(", ")}`].join(" · ");
};

/** Who holds the addresses of an instance once all nodes run, as the table of failovers says it. */
const masterSaid = ({ instance }: Member, cluster: ClusterModel, version: Version): readonly string[] => {
  const started = startOf(cluster, version);
  const answers = [...instance.virtualAddresses, ...instance.excludedAddresses].flatMap(({ address }) => started?.(address ?? "") ?? []);
  if (answers.length === 0) return [];
  if (answers.some(({ uncertain }) => uncertain)) return ["master: chance decides"];
  const holders = new Set(answers.map((answer) => answer.holders.join(" and ")));
  const [names] = holders;
  // Addresses of one instance that are held in different places have other owners as well.
  if (holders.size > 1 || names === undefined) return [];
  if (names === "") return ["no master"];
  return [answers[0]!.holders.length === 1 ? `master: ${names}` : `${answers[0]!.holders.length} masters: ${names}`];
};
