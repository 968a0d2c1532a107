/** Named blocks of all configurations, found by a part of their name. */
import type { Site } from "../../grammar/text.ts";
import type { SymbolKind } from "../../grammar/vocabulary/types.ts";
import type { Project } from "../model/cluster/project.ts";

export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: SymbolKind | "service" | "address";
  readonly site: Site;
  readonly node: string;
}

const limit = 500;

/** The letters of the query in their order, in any case, as editors search. */
export const workspaceSymbols = (project: Project, query: string): readonly WorkspaceSymbol[] => {
  const letters = query.toLowerCase();
  const found = new Map<string, WorkspaceSymbol>();
  const add = (name: string, kind: WorkspaceSymbol["kind"], site: Site, node: string): void => {
    if (found.size < limit && matches(name.toLowerCase(), letters))
      found.set(`${site.span.start} ${site.file}`, { name, kind, site, node });
  };
  for (const { name: node, configuration } of project.clusters.flatMap(({ nodes }) => nodes)) {
    if (configuration === undefined) continue;
    for (const { name, kind } of configuration.symbols.definitions) add(name.value, kind, name.site, node);
    for (const { virtualAddresses } of configuration.instances)
      for (const { text, site } of virtualAddresses) add(text, "address", site, node);
    for (const { item } of configuration.virtualServers)
      add([item.keyword, ...item.args].map(({ value }) => value).join(" "), "service", item.keyword.site, node);
  }
  return [...found.values()];
};

const matches = (name: string, letters: string): boolean => {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
};
