/** `textDocument/foldingRange`, `selectionRange` and `documentLink`: questions about one open text. */
import { type DocumentLink, type FoldingRange, FoldingRangeKind, type SelectionRange } from "vscode-languageserver/node";
import { folds } from "../features/folding.ts";
import { linksIn } from "../features/links.ts";
import { selections } from "../features/selection.ts";
import { cancelled } from "./cancelled.ts";
import { isConfigurationText } from "./language.ts";
import { positionsIn } from "./convert.ts";
import type { Session } from "./session.ts";

export const answerStructure = ({ connection, client, documents, seen }: Session): void => {
  connection.onFoldingRanges(({ textDocument: { uri } }): FoldingRange[] => {
    const document = documents.get(uri);
    if (document === undefined || !isConfigurationText(document)) return [];
    const text = document.getText();
    const positions = positionsIn(text, client.encoding);
    return folds(text).flatMap(({ span, kind }): FoldingRange[] => {
      const { start, end } = positions.range(span);
      // The line with the closing brace stays in sight.
      const endLine = kind === "block" ? end.line - 1 : end.line;
      return endLine > start.line
        ? [{ startLine: start.line, endLine, ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}) }]
        : [];
    });
  });
  connection.onSelectionRanges(({ textDocument: { uri }, positions: asked }): SelectionRange[] => {
    const document = documents.get(uri);
    if (document === undefined) return [];
    const text = document.getText();
    const positions = positionsIn(text, client.encoding);
    return asked.map((position) => {
      const spans = selections(text, positions.span({ start: position, end: position }).start);
      let range: SelectionRange | undefined;
      for (const span of spans.toReversed()) range = { range: positions.range(span), ...(range === undefined ? {} : { parent: range }) };
      return range!;
    });
  });
  connection.onDocumentLinks(async ({ textDocument: { uri } }, token): Promise<DocumentLink[]> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { sight, name } = found;
    return linksIn(sight.reading.project, name).map(({ span, file }) => ({
      range: sight.positions(name).range(span),
      target: sight.uriOf(file),
    }));
  });
};
