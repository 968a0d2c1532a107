/** `workspace/didChangeWatchedFiles`: what happens to files that no editor has open. */
import { DidChangeWatchedFilesNotification } from "vscode-languageserver/node";
import type { Session } from "./session.ts";

export const watchFiles = async ({ connection, client, documents, diskChanged }: Session): Promise<void> => {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) if (!isForeign(uri)) diskChanged(uri);
  });
  if (client.watchesFiles) {
    // Scripts, dumps and configurations have all kinds of names, so everything is watched.
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: "**/*" }] });
    return;
  }
  // Without a watcher, the moments at which somebody comes back from elsewhere are taken for changes.
  documents.onDidOpen(() => diskChanged());
  documents.onDidSave(() => diskChanged());
};

/** Version control and installed packages change often, and are never read. */
const isForeign = (uri: string): boolean => /\/(?:\.git|\.hg|\.svn|node_modules)\//u.test(uri);
