/** The VS Code extension: it starts the language server, and shows what no protocol message can: pictures, tables, a status. */
import type { ExtensionContext } from "vscode";
import { clusterView } from "./cluster-view.ts";
import { registerCommands } from "./commands.ts";
import { registerExplain } from "./explain.ts";
import { failoverView } from "./failover-view.ts";
import { followEditors } from "./followed.ts";
import { type Server, startServer } from "./server.ts";
import { showStatus } from "./status.ts";
import { registerView } from "./view.ts";

let running: Server | undefined;

export const activate = (context: ExtensionContext): void => {
  const server = startServer(context);
  running = server;
  const surroundings = { context, server, editors: followEditors(context) };
  registerCommands(surroundings);
  registerExplain(surroundings);
  registerView(surroundings, clusterView);
  registerView(surroundings, failoverView);
  showStatus(surroundings);
};

export const deactivate = async (): Promise<void> => {
  await running?.stop();
};
