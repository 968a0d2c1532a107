/** `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`. */
import type { FormattingOptions, TextEdit } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { formatEdits } from "../../grammar/keepalived/format/format.ts";
import type { Span } from "../../grammar/text.ts";
import { type PositionEncoding, positionsIn } from "./convert.ts";
import { isConfigurationText } from "./language.ts";
import type { Session } from "./session.ts";

export const answerFormatting = ({ connection, client, documents }: Session): void => {
  connection.onDocumentFormatting(({ textDocument: { uri }, options }) => edits(documents.get(uri), options, client.encoding));
  connection.onDocumentRangeFormatting(({ textDocument: { uri }, range, options }) => {
    const document = documents.get(uri);
    return edits(document, options, client.encoding, document && positionsIn(document.getText(), client.encoding).span(range));
  });
  connection.onDocumentOnTypeFormatting(({ textDocument: { uri }, position, ch, options }) => {
    // The line that was left, or the one that a brace closes; nothing is taken away from under the cursor.
    const line = ch === "\n" ? position.line - 1 : position.line;
    return edits(documents.get(uri), options, client.encoding).filter(({ range, newText }) => range.start.line === line && newText !== "");
  });
};

/** Edits that touch the span; all without one. */
const edits = (document: TextDocument | undefined, options: FormattingOptions, encoding: PositionEncoding, span?: Span): TextEdit[] => {
  if (document === undefined || !isConfigurationText(document)) return [];
  const text = document.getText();
  const positions = positionsIn(text, encoding);
  const indent = options.insertSpaces ? " ".repeat(Math.min(16, Math.max(1, options.tabSize))) : "\t";
  return formatEdits(text, { indent, name: document.uri })
    .filter(({ start, end }) => span === undefined || (start <= span.end && end > span.start))
    .map(({ start, end, replacement }) => ({ range: positions.range({ start, end }), newText: replacement }));
};
