/** `textDocument/inlayHint`, `codeLens` and `semanticTokens`: what an editor shows between and around the words. */
import {
  type CodeLens,
  type InlayHint,
  MarkupKind,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
} from "vscode-languageserver/node";
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import { codeLenses } from "../features/code-lenses.ts";
import { inlayHints } from "../features/inlay-hints.ts";
import { semanticTokens, tokenModifiers, tokenTypes } from "../features/semantic-tokens.ts";
import { cancelled } from "./cancelled.ts";
import { positionsIn } from "./convert.ts";
import { isConfigurationText } from "./language.ts";
import type { Session } from "./session.ts";

export const legend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };

export const answerDecorations = ({ connection, client, documents, seen }: Session): void => {
  connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }, token): Promise<InlayHint[]> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { sight, name } = found;
    const positions = sight.positions(name);
    const asked = positions.span(range);
    return inlayHints(sight.reading.project, name)
      .filter(({ at: { span } }) => asked.start <= span.end && span.end <= asked.end)
      .map(({ at, label, help }) => ({
        position: positions.range(at.span).end,
        label,
        paddingLeft: !label.startsWith("/"),
        tooltip: { kind: MarkupKind.Markdown, value: help },
      }));
  });
  connection.onCodeLens(async ({ textDocument: { uri } }, token): Promise<CodeLens[]> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { sight, name } = found;
    const positions = sight.positions(name);
    return codeLenses(sight.reading.project, name, sight.reading.version ?? newestVersion).map(({ span, title, action }) => {
      const range = positions.range(span);
      const command = action.kind === "failover" ? "kalint.showFailover" : "kalint.showReferences";
      const place = action.kind === "failover" ? [] : [uri, positions.range({ start: action.offset, end: action.offset }).start];
      // An editor without the command shows the line all the same.
      return { range, command: client.commands.has(command) ? { title, command, arguments: place } : { title, command: "" } };
    });
  });
  connection.languages.semanticTokens.on(({ textDocument: { uri } }): SemanticTokens => {
    const builder = new SemanticTokensBuilder();
    const document = documents.get(uri);
    if (document === undefined || !isConfigurationText(document)) return builder.build();
    const text = document.getText();
    const positions = positionsIn(text, client.encoding);
    for (const { span, type, modifiers } of semanticTokens(text)) {
      const { start, end } = positions.range(span);
      if (start.line !== end.line) continue;
      const bits = modifiers.reduce((sum, modifier) => sum | (1 << tokenModifiers.indexOf(modifier)), 0);
      builder.push(start.line, start.character, end.character - start.character, tokenTypes.indexOf(type), bits);
    }
    return builder.build();
  });
};
