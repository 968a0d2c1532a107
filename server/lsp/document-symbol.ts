/** `textDocument/documentSymbol`: the outline of an open configuration or shell script. */
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from "vscode-languageserver/node";
import { type DocumentSymbol as Outline, documentSymbols, type SymbolRole } from "../features/document-symbols.ts";
import { scriptSymbols } from "../features/script-symbols.ts";
import { isShell } from "../model/cluster/scripts.ts";
import { type Positions, positionsIn } from "./convert.ts";
import { isConfigurationText } from "./language.ts";
import type { Session } from "./session.ts";

export const answerDocumentSymbols = ({ connection, client, documents }: Session): void =>
  void connection.onDocumentSymbol(({ textDocument: { uri } }): DocumentSymbol[] | SymbolInformation[] | null => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    const text = document.getText();
    const isConfiguration = isConfigurationText(document);
    if (!isConfiguration && !isShell(uri, text)) return null;
    const positions = positionsIn(text, client.encoding);
    const outline = isConfiguration ? documentSymbols(text) : scriptSymbols(text);
    return client.nestedSymbols
      ? outline.map((each) => nested(each, positions))
      : outline.flatMap((each) => flat(each, uri, positions, undefined));
  });

const kindOf: Readonly<Record<SymbolRole, SymbolKind>> = {
  settings: SymbolKind.Module,
  instance: SymbolKind.Class,
  group: SymbolKind.Namespace,
  script: SymbolKind.Function,
  service: SymbolKind.Interface,
  server: SymbolKind.Object,
  checker: SymbolKind.Event,
  list: SymbolKind.Array,
  address: SymbolKind.Constant,
  block: SymbolKind.Struct,
  function: SymbolKind.Function,
};

const nested = ({ name, role, span, selection, children }: Outline, positions: Positions): DocumentSymbol => ({
  name,
  kind: kindOf[role],
  range: positions.range(span),
  selectionRange: positions.range(selection),
  children: children.map((child) => nested(child, positions)),
});

const flat = (
  { name, role, span, children }: Outline,
  uri: string,
  positions: Positions,
  container: string | undefined,
): SymbolInformation[] => [
  {
    name,
    kind: kindOf[role],
    location: { uri, range: positions.range(span) },
    ...(container === undefined ? {} : { containerName: container }),
  },
  ...children.flatMap((child) => flat(child, uri, positions, name)),
];
