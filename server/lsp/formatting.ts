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
  connection.onDocumentOnTypeFormatting(({ textDocument: { uri }, position, options }) => {
    const document = documents.get(uri);
    if (document === undefined) return [];
    // The line that was left, and the one the cursor stands on; a closing brace changes its own line.
    const positions = positionsIn(document.getText(), client.encoding);
    const line = { start: { line: Math.max(0, position.line - 1), character: 0 }, end: position };
    return edits(document, options, client.encoding, positions.span(line)).filter(({ range }) => range.start.line <= position.line);
  });
};

/** Edits that touch the span; all without one. */
const edits = (document: TextDocument | undefined, options: FormattingOptions, encoding: PositionEncoding, span?: Span): TextEdit[] => {
  if (document === undefined || !isConfigurationText(document)) return [];
  const text = document.getText();
  const positions = positionsIn(text, encoding);
  const indent = options.insertSpaces ? " ".repeat(Math.min(16, Math.max(1, options.tabSize))) : "\t";
  return formatEdits(text, { indent })
    .filter(({ start, end }) => span === undefined || (start <= span.end && end > span.start))
    .map(({ start, end, replacement }) => ({ range: positions.range({ start, end }), newText: replacement }));
};
