/** `textDocument/diagnostic` and `workspace/diagnostic`, for clients that ask. */
import {
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { reportsOf } from "./diagnostic.ts";
import { cancelled } from "./cancelled.ts";
import type { Session } from "./session.ts";

export const answerPulls = ({ connection, client, pageOf, judgements, judged, onElsewhere }: Session): void => {
  const states = createResultIds();
  // The client asks by itself after its own changes.
  onElsewhere(() => {
    // A client that refuses asks again in its own time.
    connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => undefined);
  });

  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token): Promise<DocumentDiagnosticReport> => {
    const found = await judged(uri);
    if (token.isCancellationRequested) throw cancelled();
    const items = found === undefined ? [] : (reportsOf([found.judgement], client, pageOf).get(uri)?.items ?? []);
    return reportOf(items, states.idOf(uri, items), previousResultId);
  });

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const all = await judgements();
    if (token.isCancellationRequested) throw cancelled();
    const reports = reportsOf(all, client, pageOf);
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const items = [...reports].map(([uri, { items: diagnostics, version }]): WorkspaceDocumentDiagnosticReport => ({
      uri,
      version: version ?? null,
      ...reportOf(diagnostics, states.idOf(uri, diagnostics), previous.get(uri)),
    }));
    // What the client still shows of files that are gone or clean.
    const gone = [...previous.keys()]
      .filter((uri) => !reports.has(uri))
      .map((uri): WorkspaceDocumentDiagnosticReport => ({ uri, version: null, kind: DocumentDiagnosticReportKind.Full, items: [] }));
    return { items: [...items, ...gone] };
  });
};

const reportOf = (
  items: readonly Diagnostic[],
  resultId: string,
  previous: string | undefined,
): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport =>
  resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };

/** An id for every different list of diagnostics that a file had last. */
const createResultIds = (): { readonly idOf: (uri: string, items: readonly Diagnostic[]) => string } => {
  const last = new Map<string, { readonly content: string; readonly id: number }>();
  let count = 0;
  return {
    idOf: (uri, items) => {
      const content = JSON.stringify(items);
      const known = last.get(uri);
      if (known?.content === content) return String(known.id);
      last.set(uri, { content, id: ++count });
      return String(count);
    },
  };
};
