/** An editor without a window: the built server over stdio, driven by the protocol library's own client half. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { removeFolder } from "../folders.ts";

const dist = path.resolve(import.meta.dirname, "../../dist");
/** How the server is started: the extension starts the first, everybody else the second. */
const programs = { server: ["server.cjs", "--stdio"], kalint: ["kalint.js", "lsp", "--stdio"] } as const;

/** A new folder with these files (path → text), removed by `remove`. */
export const temporaryFolder = (
  files: Readonly<Record<string, string>>,
  name = "kalint-lsp-",
): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(path.join(os.tmpdir(), name));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return { folder, remove: () => removeFolder(folder) };
};

export const uriOf = (...parts: readonly string[]): string => pathToFileURL(path.join(...parts)).href;

export interface Published {
  readonly version?: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Editor {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly open: (uri: string, text: string, languageId?: string) => Promise<void>;
  /** Replaces the whole text. */
  readonly change: (uri: string, text: string) => Promise<void>;
  /** Replaces a range, as typing does. */
  readonly type: (uri: string, range: Range, text: string) => Promise<void>;
  readonly close: (uri: string) => Promise<void>;
  readonly textOf: (uri: string) => string;
  readonly versionOf: (uri: string) => number;
  /** What was last sent about a file that satisfies; waits for it. */
  readonly published: (uri: string, when: (published: Published) => boolean) => Promise<Published>;
  /** Every file that the server has sent diagnostics about, with what it sent last. */
  readonly known: ReadonlyMap<string, Published>;
  /** Applies an edit to the open documents; files that are not open are a mistake of the test. */
  readonly apply: (edit: WorkspaceEdit) => Promise<void>;
  /** What the server wrote into the log, and to stderr. */
  readonly log: readonly string[];
  /** Bytes that the server holds when all garbage is collected; for a server that was started with `measured`. */
  readonly heap: () => Promise<number>;
  /** shutdown and exit; the exit status. */
  readonly quit: () => Promise<number | null>;
  readonly kill: () => void;
}

const pushing: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true }, workspaceFolders: true },
};

/** Starts the server and initializes it. Without other capabilities the client is one that waits for diagnostics. */
export const startEditor = async (
  folders: readonly string[],
  {
    capabilities = pushing,
    options,
    connected,
    program = "server",
    measured = false,
  }: {
    readonly program?: keyof typeof programs;
    /** Lets `heap` be asked. */
    readonly measured?: boolean;
    readonly capabilities?: ClientCapabilities;
    readonly options?: unknown;
    /** For answers to the server's own requests. */
    readonly connected?: (connection: ProtocolConnection) => void;
  } = {},
): Promise<Editor> => {
  const [file, ...words] = programs[program];
  if (!existsSync(path.join(dist, file))) throw new Error(`dist/${file} is missing: npm run build`);
  // What V8 compiles of hot functions grows for an hour, and says nothing of what the server keeps.
  const measuring = measured ? ["--expose-gc", "--no-opt", "--no-sparkplug", "-r", path.join(import.meta.dirname, "heap.cjs")] : [];
  const server = spawn(process.execPath, [...measuring, path.join(dist, file), ...words], { stdio: ["pipe", "pipe", "pipe"] });
  const log: string[] = [];
  const heaps: ((bytes: number) => void)[] = [];
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    const bytes = /^heap (\d+)\n$/u.exec(text)?.[1];
    if (bytes === undefined) log.push(text);
    else heaps.shift()?.(Number(bytes));
  });
  const exited = once(server, "exit") as Promise<[number | null]>;
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.onError(([error]) => log.push(String(error)));
  connection.onNotification(LogMessageNotification.type, ({ message }) => void log.push(message));

  const known = new Map<string, Published>();
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    known.set(uri, { version, diagnostics });
    for (const look of waiting) look();
  });
  connected?.(connection);
  connection.listen();

  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: folders.length === 0 ? null : folders.map((folder) => ({ uri: uriOf(folder), name: path.basename(folder) })),
    initializationOptions: options,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const documents = new Map<string, TextDocument>();
  const send = async (uri: string, change: { readonly range?: Range; readonly text: string }): Promise<void> => {
    const document = documents.get(uri)!;
    TextDocument.update(document, [change], document.version + 1);
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: document.version },
      contentChanges: [change],
    });
  };

  return {
    connection,
    initialized,
    open: async (uri, text, languageId = "keepalived") => {
      documents.set(uri, TextDocument.create(uri, languageId, 1, text));
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
    },
    change: (uri, text) => send(uri, { text }),
    type: (uri, range, text) => send(uri, { range, text }),
    close: async (uri) => {
      documents.delete(uri);
      await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    },
    textOf: (uri) => documents.get(uri)!.getText(),
    versionOf: (uri) => documents.get(uri)!.version,
    published: (uri, when) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`nothing of the kind came for ${uri}; last: ${JSON.stringify(known.get(uri))}\n${log.join("\n")}`));
        }, 15_000);
        const look = (): void => {
          const last = known.get(uri);
          if (last === undefined || !when(last)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(last);
        };
        waiting.add(look);
        look();
      }),
    known,
    apply: async ({ documentChanges = [] }) => {
      for (const change of documentChanges) {
        if (!("textDocument" in change)) throw new Error("only edits of texts are expected");
        const { uri, version } = change.textDocument;
        const document = documents.get(uri);
        if (document === undefined || document.version !== version) throw new Error(`${uri} is not open in version ${version}`);
        const edits = change.edits.flatMap((edit) => ("newText" in edit ? [edit] : []));
        // oxlint-disable-next-line no-await-in-loop -- in the order they are given
        await send(uri, { text: TextDocument.applyEdits(document, edits) });
      }
    },
    log,
    heap: () =>
      new Promise((resolve) => {
        heaps.push(resolve);
        server.kill("SIGUSR2");
      }),
    quit: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      const [status] = await exited;
      connection.dispose();
      return status;
    },
    kill: () => {
      connection.dispose();
      server.kill();
    },
  };
};
