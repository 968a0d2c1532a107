/** Diagnostics for clients that do not ask: sent when nothing has changed for a moment, and only where they differ. */
import { type Report, reportsOf } from "./diagnostic.ts";
import type { Session } from "./session.ts";

/** Milliseconds without a change before anything is judged: typing is not interrupted by half words. */
const quiet = 150;

export const publishDiagnostics = ({ connection, client, pageOf, judgements, onChange }: Session): void => {
  const sent = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = (uri: string, { items, version }: Report): void => {
    const content = JSON.stringify([version, items]);
    if (content === sent.get(uri)) return;
    if (items.length === 0 && version === undefined) sent.delete(uri);
    else sent.set(uri, content);
    // A client that hangs up is told to nobody.
    connection.sendDiagnostics({ uri, diagnostics: [...items], ...(version === undefined ? {} : { version }) }).catch(() => undefined);
  };

  const publish = async (): Promise<void> => {
    const reports = reportsOf(await judgements(), client, pageOf);
    // Files that are gone, closed or clean.
    for (const uri of sent.keys()) if (!reports.has(uri)) send(uri, { items: [] });
    for (const [uri, report] of reports) send(uri, report);
  };

  onChange(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      publish().catch((error: unknown) => connection.console.error(`diagnostics were not sent: ${String(error)}`));
    }, quiet);
  });
};
