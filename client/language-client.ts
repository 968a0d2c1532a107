/** The client half of the protocol, as the extension sets it up. Loaded when the extension is active already, since it is large. */
import path from "node:path";
import type { ExtensionContext } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State, TransportKind } from "vscode-languageclient/node";
import { ruleUri } from "./rule-pages.ts";

/** Commands of this extension that code lenses and code actions of the server may name. */
const offered = ["kalint.showReferences", "kalint.showFailover", "kalint.explain"];

export const createClient = (context: ExtensionContext): LanguageClient => {
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
    initializationOptions: { commands: offered, notifies: true, pages: ruleUri("RULE").toString(true) },
  };
  return new LanguageClient("kalint", "kalint", server, options);
};

/** Whether it stands still: it ended too often, or could not be started. */
export const isStopped = ({ state }: LanguageClient): boolean => state !== State.Running && state !== State.Starting;
