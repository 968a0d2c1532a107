/** kalint's edits as the protocol's. */
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import type { Edit } from "../analysis/finding.ts";
import type { Sight } from "./project.ts";

/** One edit over all files. Open documents are named with the version that was read, so that a late edit is refused. */
export const workspaceEdit = (edits: readonly Edit[], { positions, uriOf, open, textOf }: Sight, versioned: boolean): WorkspaceEdit => {
  const byFile = new Map<string, TextEdit[]>();
  for (const { at, replacement } of edits) {
    // Lines are written with LF; in a file of CR LF lines they end as the others do.
    const crlf = replacement.includes("\n") && /^[^\n]*\r\n/u.test(textOf(at.file) ?? "");
    const newText = crlf ? replacement.replaceAll(/\r?\n/gu, "\r\n") : replacement;
    const edit = { range: positions(at.file).range(at.span), newText };
    byFile.set(at.file, [...(byFile.get(at.file) ?? []), edit]);
  }
  if (!versioned) return { changes: Object.fromEntries([...byFile].map(([file, list]) => [uriOf(file), list])) };
  const documentChanges = [...byFile].map(([file, list]): TextDocumentEdit => ({
    textDocument: { uri: uriOf(file), version: open.get(file)?.version ?? null },
    edits: list,
  }));
  return { documentChanges };
};
