/** `textDocument/prepareRename` and `rename`. */
import { ErrorCodes, type PrepareRenameResult, ResponseError, type WorkspaceEdit } from "vscode-languageserver/node";
import { renameAt } from "../features/names.ts";
import { cancelled } from "./cancelled.ts";
import { workspaceEdit } from "./edit.ts";
import type { Session } from "./session.ts";

export const answerRenames = ({ connection, client, seen }: Session): void => {
  connection.onPrepareRename(async ({ textDocument: { uri }, position }, token): Promise<PrepareRenameResult | null> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return null;
    const { sight, name } = found;
    const positions = sight.positions(name);
    const made = renameAt(sight.reading.project, name, positions.span({ start: position, end: position }).start, sight.textOf);
    return made.kind === "refused" ? null : { range: positions.range(made.span), placeholder: made.name };
  });
  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }, token): Promise<WorkspaceEdit | ResponseError> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return new ResponseError(ErrorCodes.InvalidParams, "kalint knows nothing of this file");
    const { sight, name } = found;
    const offset = sight.positions(name).span({ start: position, end: position }).start;
    const made = renameAt(sight.reading.project, name, offset, sight.textOf, newName);
    if (made.kind === "refused") return new ResponseError(ErrorCodes.InvalidParams, made.reason);
    return workspaceEdit(
      made.edits.map(({ at, text }) => ({ at, replacement: text })),
      sight,
      client.versionedEdits,
    );
  });
};
