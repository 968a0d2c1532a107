/** Commands that need no view. */
import { commands, type Location, Position, Uri } from "vscode";
import type { Surroundings } from "./surroundings.ts";

export const registerCommands = ({ context, server }: Surroundings): void => {
  context.subscriptions.push(
    commands.registerCommand("kalint.restart", server.restart),
    commands.registerCommand("kalint.showOutput", server.showOutput),
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
