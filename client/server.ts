/**
 * The language server, as the other parts of the extension know it. The library that talks to it is most of the extension's
 * code: it is loaded after activation, so that no editor waits for it.
 */
import { type Event, EventEmitter, type ExtensionContext, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { changedMethod } from "../server/lsp/custom.ts";

export interface Server {
  /** Waits for the start. */
  readonly request: <Answer>(method: string, params: object) => Promise<Answer>;
  /** Answers about clusters may be others now; it started or stopped. */
  readonly onChange: Event<void>;
  readonly isRunning: () => boolean;
  /** It ended too often, or could not be started: nothing is checked. */
  readonly isStopped: () => boolean;
  readonly restart: () => Promise<void>;
  readonly showOutput: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const startServer = (context: ExtensionContext): Server => {
  const changed = new EventEmitter<void>();
  context.subscriptions.push(changed);
  let client: LanguageClient | undefined;
  let stopped = (): boolean => false;
  const load = async (): Promise<LanguageClient> => {
    // Activation is over first.
    await new Promise((resolve) => void setImmediate(resolve));
    const { createClient, isStopped } = await import("./language-client.ts");
    const made = createClient(context);
    stopped = () => isStopped(made);
    context.subscriptions.push(
      made.onDidChangeState(() => changed.fire()),
      made.onNotification(changedMethod, () => changed.fire()),
    );
    // The client itself tells when it cannot be started.
    made.start().catch(() => changed.fire());
    return made;
  };
  const loading = load().then((made) => (client = made));

  return {
    request: async (method, params) => (await loading).sendRequest(method, params),
    onChange: changed.event,
    isRunning: () => client?.isRunning() === true,
    isStopped: () => stopped(),
    restart: async () => {
      const known = await loading;
      try {
        await (known.isRunning() ? known.restart() : known.start());
        changed.fire();
      } catch (error) {
        known.outputChannel.appendLine(`the language server could not be started: ${String(error)}`);
        await window.showErrorMessage("kalint: the language server could not be started; its output says why.");
      }
    },
    showOutput: async () => (await loading).outputChannel.show(),
    stop: async () => (await loading).stop(),
  };
};
