/** `textDocument/completion`. */
import { type CompletionItem, CompletionItemKind, CompletionItemTag, InsertTextFormat, MarkupKind } from "vscode-languageserver/node";
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import { type Completion, type CompletionRole, completions } from "../features/completion.ts";
import { cancelled } from "./cancelled.ts";
import type { Positions } from "./convert.ts";
import type { Session } from "./session.ts";

export const answerCompletions = ({ connection, client, seen }: Session): void =>
  void connection.onCompletion(async ({ textDocument: { uri }, position }, token): Promise<CompletionItem[]> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { sight, name } = found;
    const text = sight.textOf(name);
    if (text === undefined) return [];
    const positions = sight.positions(name);
    const offset = positions.span({ start: position, end: position }).start;
    const { reading } = sight;
    const version = reading.version ?? newestVersion;
    return completions({
      project: reading.project,
      file: name,
      text,
      offset,
      version,
      files: reading.request.files,
      paths: reading.settings?.stated.paths ?? [],
    }).map((each) => itemOf(each, positions, client.snippets));
  });

const itemOf = (completion: Completion, positions: Positions, snippets: boolean): CompletionItem => {
  const { label, role, text, snippet, replace, detail, help, deprecated, rank } = completion;
  const plain = snippet && !snippets;
  return {
    label,
    kind: kinds[role],
    textEdit: { range: positions.range(replace), newText: plain ? label : text },
    ...(snippet && snippets ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    // Some clients filter by what is replaced, which may begin with a quote or a `$`.
    filterText: text.startsWith("$") ? text : label,
    sortText: `${rank}${label}`,
    ...(detail === undefined ? {} : { detail }),
    ...(help === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: help } }),
    ...(deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
  };
};

const kinds: Readonly<Record<CompletionRole, CompletionItemKind>> = {
  keyword: CompletionItemKind.Property,
  block: CompletionItemKind.Module,
  value: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
  interface: CompletionItemKind.Constant,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  definition: CompletionItemKind.Variable,
  id: CompletionItemKind.Keyword,
};
