/**
 * The language server: `node dist/server.cjs --stdio` (or --node-ipc, --socket=…), which is what `kalint lsp` and the
 * extension start. Which transport, the library reads from the command line.
 */
import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import manifest from "../../package.json" with { type: "json" };
import { announceChanges } from "./changed.ts";
import { type Client, clientOf } from "./client.ts";
import { answerClusters } from "./cluster.ts";
import { answerCodeActions, codeActionKinds, openPage, runCommands } from "./code-action.ts";
import { followConfiguration } from "./configuration.ts";
import { answerCompletions } from "./completion.ts";
import { answerDecorations, legend } from "./decorations.ts";
import { answerNames } from "./definition.ts";
import { answerDocumentSymbols } from "./document-symbol.ts";
import { answerFailovers } from "./failover.ts";
import { answerFormatting } from "./formatting.ts";
import { answerGraphs } from "./graph.ts";
import { answerHovers } from "./hover.ts";
import { createLifecycle } from "./lifecycle.ts";
import { publishDiagnostics } from "./publish.ts";
import { answerPulls } from "./pull.ts";
import { answerRenames } from "./rename.ts";
import { createSession, type Session } from "./session.ts";
import { answerSignatures } from "./signature.ts";
import { answerStructure } from "./structure.ts";
import { watchFiles } from "./watched-files.ts";
import { followFolders } from "./workspace-folders.ts";
import { answerWorkspaceSymbols } from "./workspace-symbol.ts";

const lifecycle = createLifecycle();
const connection = createConnection(ProposedFeatures.all, { messageStrategy: lifecycle.strategy });
lifecycle.answerRefused(connection);
const documents = new TextDocuments(TextDocument);

/** One file per request, or per family of requests that ask one question. */
const answers: readonly ((session: Session) => void)[] = [
  announceChanges,
  answerClusters,
  answerCodeActions,
  answerCompletions,
  answerDecorations,
  answerDocumentSymbols,
  answerFailovers,
  answerFormatting,
  answerGraphs,
  answerHovers,
  answerNames,
  answerRenames,
  answerSignatures,
  answerStructure,
  answerWorkspaceSymbols,
  runCommands,
];

connection.onInitialize((params): InitializeResult => {
  const client = clientOf(params.capabilities, params.initializationOptions);
  const session = createSession(connection, client, documents);
  documents.onDidChangeContent(({ document }) => session.textChanged(document.uri));
  documents.onDidClose(({ document }) => session.textChanged(document.uri));
  for (const answer of answers) answer(session);
  if (client.pulls) answerPulls(session);
  else publishDiagnostics(session);
  connection.onInitialized(() => {
    started(session, params).catch((error: unknown) => connection.console.error(`kalint did not start well: ${String(error)}`));
  });
  return { capabilities: capabilitiesFor(client), serverInfo: { name: manifest.name, version: manifest.version } };
});

const started = async (session: Session, params: InitializeParams): Promise<void> => {
  followFolders(session, params);
  await Promise.all([followConfiguration(session, params.initializationOptions), watchFiles(session)]);
};

const capabilitiesFor = (client: Client): InitializeResult["capabilities"] => ({
  positionEncoding: client.encoding === "utf-8" ? PositionEncodingKind.UTF8 : PositionEncodingKind.UTF16,
  textDocumentSync: {
    openClose: true,
    // The library applies partial changes in UTF-16 only.
    change: client.encoding === "utf-8" ? TextDocumentSyncKind.Full : TextDocumentSyncKind.Incremental,
    save: { includeText: false },
  },
  completionProvider: { triggerCharacters: ["$", "{", "@", "/", " "] },
  hoverProvider: true,
  signatureHelpProvider: { triggerCharacters: [" "] },
  declarationProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  inlayHintProvider: true,
  codeLensProvider: {},
  semanticTokensProvider: { legend, full: true },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
  codeActionProvider: { codeActionKinds },
  executeCommandProvider: { commands: [openPage] },
  ...(client.pulls ? { diagnosticProvider: { identifier: "kalint", interFileDependencies: true, workspaceDiagnostics: true } } : {}),
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
});

documents.listen(connection);
connection.listen();
