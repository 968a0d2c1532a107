/** Settings: `initializationOptions` first, then whatever the client's configuration says. */
import { DidChangeConfigurationNotification } from "vscode-languageserver/node";
import { rules } from "../rules/index.ts";
import type { Session } from "./session.ts";
import { readSettings } from "./settings.ts";

export const followConfiguration = async ({ connection, client, setSettings }: Session, initial: unknown): Promise<void> => {
  const known = new Set(rules.map(({ id }) => id));
  const take = (value: unknown): void => {
    const { settings, problems } = readSettings(value, known);
    for (const problem of problems) connection.console.warn(problem);
    setSettings(settings);
  };
  const ask = async (): Promise<void> => {
    const answer: unknown = await connection.workspace.getConfiguration("kalint").catch(() => undefined);
    take(answer ?? initial);
  };

  connection.onDidChangeConfiguration(async ({ settings }: { readonly settings: unknown }) => {
    if (client.configuration) await ask();
    else take(sectionOf(settings) ?? initial);
  });
  if (!client.configuration) {
    take(initial);
    return;
  }
  await ask();
  if (client.configurationChanges) await connection.client.register(DidChangeConfigurationNotification.type, { section: "kalint" });
};

/** Clients that push send either the section or an object that holds it. */
const sectionOf = (settings: unknown): unknown => {
  if (typeof settings !== "object" || settings === null) return undefined;
  return "kalint" in settings ? settings.kalint : settings;
};
