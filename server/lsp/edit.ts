/** kalint's edits as the protocol's. */
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import type { Edit } from "../analysis/finding.ts";
import type { Sight } from "./project.ts";

/** One edit over all files. Open documents are named with the version that was read, so that a late edit is refused. */
export const workspaceEdit = (edits: readonly Edit[], { positions, uriOf, open }: Sight, versioned: boolean): WorkspaceEdit => {
  const byFile = new Map<string, TextEdit[]>();
  for (const { at, replacement } of edits) {
    const edit = { range: positions(at.file).range(at.span), newText: replacement };
    byFile.set(at.file, [...(byFile.get(at.file) ?? []), edit]);
  }
  if (!versioned) return { changes: Object.fromEntries([...byFile].map(([file, list]) => [uriOf(file), list])) };
  const documentChanges = [...byFile].map(([file, list]): TextDocumentEdit => ({
    textDocument: { uri: uriOf(file), version: open.get(file)?.version ?? null },
    edits: list,
  }));
  return { documentChanges };
};
