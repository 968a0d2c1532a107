/** Lines above blocks: who the peers of an instance are and who would be master; how often something is used. */
import type { Span } from "../../grammar/text.ts";
import type { Project } from "../model/cluster/project.ts";
import type { Member, VirtualRouter } from "../model/cluster/model.ts";
import { basePriority } from "../model/node/defaults.ts";

export interface CodeLens {
  /** Of the block's header. */
  readonly span: Span;
  readonly title: string;
  readonly action: { readonly kind: "references"; readonly offset: number } | { readonly kind: "failover" };
}

export const codeLenses = (project: Project, file: string): readonly CodeLens[] => {
  const found = new Map<string, CodeLens>();
  const add = (lens: CodeLens): void => void found.set(`${lens.span.start} ${lens.title}`, lens);
  for (const { nodes, virtualRouters } of project.clusters) {
    for (const router of virtualRouters) {
      const title = routerTitle(router);
      for (const { instance } of router.members) {
        const { site } = instance.item.keyword;
        if (title !== undefined && site.file === file && site.via === undefined)
          add({ span: site.span, title: title(instance), action: { kind: "failover" } });
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

const routerTitle = ({ members }: VirtualRouter): ((own: Member["instance"]) => string) | undefined => {
  if (members.length < 2) return undefined;
  const known = members.map(({ instance }) => basePriority(instance));
  const most = Math.max(...known.map((each) => each ?? 0));
  const strongest = members.filter((_, index) => known[index] === most);
  const master = known.includes(undefined) ? "" : strongest.length === 1 ? `master: ${strongest[0]!.node.name} · ` : "equal priorities · ";
  return (own) => {
    const peers = members
      .filter(({ instance }) => instance !== own)
      .map(({ node, instance }) => `${node.name} (${basePriority(instance) ?? "?"})`);
    return `${master}peers: ${peers.join(", ")}`;
  };
};
