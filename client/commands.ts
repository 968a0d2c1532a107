/** Commands that need no view. */
import { commands, type Location, Position, Uri, window } from "vscode";
import type { Surroundings } from "./surroundings.ts";

export const registerCommands = ({ context, server }: Surroundings): void => {
  const restart = async (): Promise<void> => {
    try {
      await (server.isRunning() ? server.restart() : server.start());
    } catch (error) {
      server.outputChannel.appendLine(`the language server could not be started: ${String(error)}`);
      await window.showErrorMessage("kalint: the language server could not be started; its output says why.");
    }
  };
  context.subscriptions.push(
    commands.registerCommand("kalint.restart", restart),
    commands.registerCommand("kalint.showOutput", () => server.outputChannel.show()),
    commands.registerCommand("kalint.showReferences", showReferences),
  );
};

/** Of a code lens: what refers to the name at a place, given as the protocol writes it. */
const showReferences = async (uri: string, { line, character }: Position): Promise<void> => {
  const target = Uri.parse(uri);
  const position = new Position(line, character);
  const found = await commands.executeCommand<Location[]>("vscode.executeReferenceProvider", target, position);
  await commands.executeCommand("editor.action.showReferences", target, position, found);
};
