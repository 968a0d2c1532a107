/** The VS Code extension: it starts the language server, and shows what no protocol message can: pictures, tables, a status. */
import type { ExtensionContext } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { registerCommands } from "./commands.ts";
import { followEditors } from "./followed.ts";
import { registerExplain } from "./explain.ts";
import { createServer } from "./server.ts";
import { showStatus } from "./status.ts";
import { clusterView } from "./cluster-view.ts";
import { failoverView } from "./failover-view.ts";
import { registerView } from "./view.ts";

let running: LanguageClient | undefined;

export const activate = (context: ExtensionContext): void => {
  const server = createServer(context);
  running = server;
  const editors = followEditors(context);
  const surroundings = { context, server, editors };
  registerCommands(surroundings);
  registerExplain(surroundings);
  registerView(surroundings, clusterView);
  registerView(surroundings, failoverView);
  showStatus(surroundings);
  // Nobody waits for the server: the editor is there at once, and the client tells when it cannot be started.
  server.start().catch(() => undefined);
};

export const deactivate = async (): Promise<void> => {
  await running?.stop();
};
