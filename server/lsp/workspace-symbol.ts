/** `workspace/symbol`. */
import { type SymbolInformation, SymbolKind } from "vscode-languageserver/node";
import { type WorkspaceSymbol, workspaceSymbols } from "../features/workspace-symbols.ts";
import { cancelled } from "./cancelled.ts";
import { locationOf } from "./definition.ts";
import type { Session } from "./session.ts";

export const answerWorkspaceSymbols = ({ connection, sights }: Session): void =>
  void connection.onWorkspaceSymbol(async ({ query }, token): Promise<SymbolInformation[]> => {
    const all = await sights();
    if (token.isCancellationRequested) throw cancelled();
    return all.flatMap((sight) =>
      workspaceSymbols(sight.reading.project, query).map(({ name, kind, site, node }) => ({
        name,
        kind: kinds[kind],
        location: locationOf(site, sight),
        containerName: node,
      })),
    );
  });

const kinds: Readonly<Record<WorkspaceSymbol["kind"], SymbolKind>> = {
  instance: SymbolKind.Class,
  syncGroup: SymbolKind.Namespace,
  script: SymbolKind.Function,
  trackFile: SymbolKind.File,
  trackProcess: SymbolKind.Event,
  trackGroup: SymbolKind.Namespace,
  bfd: SymbolKind.Interface,
  virtualServerGroup: SymbolKind.Namespace,
  garpGroup: SymbolKind.Namespace,
  service: SymbolKind.Interface,
  address: SymbolKind.Constant,
};
