/** The VS Code extension: it starts the language server, and does nothing that the server could do for every editor. */
import path from "node:path";
import { commands, type ExtensionContext } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, TransportKind } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export const activate = (context: ExtensionContext): void => {
  const module = context.asAbsolutePath(path.join("dist", "server.cjs"));
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options: LanguageClientOptions = {
    // Scripts belong to the configurations that run them. Texts of diffs and of other schemes are not the user's files.
    documentSelector: [
      { scheme: "file", language: "keepalived" },
      { scheme: "untitled", language: "keepalived" },
      { scheme: "file", language: "shellscript" },
    ],
  };
  const started = new LanguageClient("kalint", "kalint", server, options);
  client = started;
  context.subscriptions.push(
    commands.registerCommand("kalint.restart", () => started.restart()),
    commands.registerCommand("kalint.showOutput", () => started.outputChannel.show()),
  );
  // Nobody waits for the server: the editor is there at once, and the client tells when it cannot be started.
  started.start().catch(() => undefined);
};

export const deactivate = async (): Promise<void> => {
  await client?.stop();
};
