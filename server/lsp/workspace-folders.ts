/** `workspace/didChangeWorkspaceFolders`, and the folders the client began with. */
import type { InitializeParams } from "vscode-languageserver/node";
import { uriOfPath } from "./convert.ts";
import type { Session } from "./session.ts";

export const followFolders = ({ connection, client, setFolders }: Session, params: InitializeParams): void => {
  let folders = foldersAtStart(params);
  setFolders(folders);
  if (!client.folderChanges) return;
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    setFolders(folders);
  });
};

/** Older clients name one root, the oldest a path. */
const foldersAtStart = ({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] => {
  if (workspaceFolders !== undefined && workspaceFolders !== null) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri !== null) return [rootUri];
  return rootPath === undefined || rootPath === null ? [] : [uriOfPath(rootPath)];
};
