/** Tells the user that a large workspace is being read, when it takes long enough to wonder. */
import type { Connection } from "vscode-languageserver/node";
import type { Client } from "./client.ts";

/** Milliseconds that pass unnoticed. */
const unnoticed = 700;

/** What is to be called with everything that may take long. */
export const progressOf =
  (connection: Connection, { progress }: Client): ((work: Promise<void>) => void) =>
  (work) => {
    if (!progress) return;
    let over = false;
    let end = (): void => undefined;
    const begin = async (): Promise<void> => {
      const shown = await connection.window.createWorkDoneProgress();
      if (over) return;
      shown.begin("kalint", undefined, "reading the workspace", false);
      end = () => shown.done();
    };
    const timer = setTimeout(() => {
      begin().catch((error: unknown) => connection.console.warn(`progress is not shown: ${String(error)}`));
    }, unnoticed);
    const stop = (): void => {
      over = true;
      clearTimeout(timer);
      end();
    };
    work.then(stop, stop);
  };
