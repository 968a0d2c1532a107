/** What depends on what the client can do: pulling, UTF-8 positions, plain answers for plain clients. */
import {
  type ClientCapabilities,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FullDocumentDiagnosticReport,
  RegistrationRequest,
  type SymbolInformation,
  type WorkspaceDiagnosticReport,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Editor, startEditor, temporaryFolder, uriOf } from "./editor.ts";

const node = (id: number, state: string): string => `vrrp_instance VI_1 {
    state ${state}
    interface eth0
    virtual_router_id ${id}
    priority ${state === "MASTER" ? 150 : 100}
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

describe("a client", { timeout: 20_000 }, () => {
  let editor: Editor | undefined;
  const removals: (() => void)[] = [];

  afterEach(() => {
    editor?.kill();
    editor = undefined;
    for (const remove of removals.splice(0)) remove();
  });

  const folderWith = (files: Readonly<Record<string, string>>): string => {
    const { folder, remove } = temporaryFolder(files);
    removals.push(remove);
    return folder;
  };

  const pulling: ClientCapabilities = {
    textDocument: { diagnostic: { relatedDocumentSupport: false }, publishDiagnostics: { relatedInformation: true } },
    workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
  };

  const pull = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    editor!.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  const pullAll = (previous: WorkspaceDiagnosticReport["items"] = []): Promise<WorkspaceDiagnosticReport> =>
    editor!.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
      previousResultIds: previous.flatMap(({ uri, resultId }) => (resultId === undefined ? [] : [{ uri, value: resultId }])),
    });
  const rulesOf = (report: DocumentDiagnosticReport): readonly unknown[] =>
    (report as FullDocumentDiagnosticReport).items.map(({ code }) => code);

  it("that pulls is answered, for files that are not open too, and is sent nothing", async () => {
    const folder = folderWith({ "db1/keepalived.conf": node(51, "MASTER"), "db2/keepalived.conf": node(52, "BACKUP") });
    const [db1, db2] = [uriOf(folder, "db1/keepalived.conf"), uriOf(folder, "db2/keepalived.conf")];
    editor = await startEditor([folder], { capabilities: pulling });
    expect(editor.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true, workspaceDiagnostics: true });
    await editor.open(db1, node(51, "MASTER"));

    const report = await pull(db1);
    expect(rulesOf(report)).toContain("peer-vrid-mismatch");
    expect(await pull(db1, report.resultId)).toEqual({ kind: "unchanged", resultId: report.resultId });
    const all = await pullAll();
    expect(all.items.map(({ uri }) => uri).toSorted()).toEqual([db1, db2]);
    expect(all.items.find(({ uri }) => uri === db2)).toMatchObject({ kind: "full", version: null });
    expect((await pullAll(all.items)).items.map(({ kind }) => kind)).toEqual(["unchanged", "unchanged"]);

    // A question behind a change is answered for the changed text.
    await editor.change(db1, node(52, "MASTER"));
    expect(rulesOf(await pull(db1, report.resultId))).not.toContain("peer-vrid-mismatch");
    const after = await pullAll(all.items);
    expect(JSON.stringify(after.items)).not.toContain("peer-vrid-mismatch");
    expect([...editor.known]).toEqual([]);
  });

  it("that pulls is told to ask again when the disk changes", async () => {
    const folder = folderWith({ "db1/keepalived.conf": node(51, "MASTER"), "db2/keepalived.conf": node(51, "BACKUP") });
    const db1 = uriOf(folder, "db1/keepalived.conf");
    let refreshes = 0;
    const registered: string[] = [];
    editor = await startEditor([folder], {
      capabilities: pulling,
      connected: (connection) => {
        connection.onRequest(DiagnosticRefreshRequest.type, () => void refreshes++);
        connection.onRequest(
          RegistrationRequest.type,
          ({ registrations }) => void registered.push(...registrations.map(({ method }) => method)),
        );
      },
    });
    await editor.open(db1, node(51, "MASTER"));
    expect(rulesOf(await pull(db1))).not.toContain("peer-vrid-mismatch");
    await expect.poll(() => registered).toContain("workspace/didChangeWatchedFiles");
    const before = refreshes;
    writeFileSync(path.join(folder, "db2/keepalived.conf"), node(52, "BACKUP"));
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uriOf(folder, "db2/keepalived.conf"), type: FileChangeType.Changed }],
    });
    await expect.poll(() => refreshes).toBeGreaterThan(before);
    expect(rulesOf(await pull(db1))).toContain("peer-vrid-mismatch");
  });

  it("that shows progress is told when a workspace takes long, and when it is read", { timeout: 60_000 }, async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `site${index >> 1}/lb${index & 1}/keepalived.conf`,
        node(1 + ((index >> 1) % 250), index % 2 === 0 ? "MASTER" : "BACKUP").replace("10.0.0.100", `10.0.${index >> 1}.100`),
      ]),
    );
    const folder = folderWith(files);
    const tokens: unknown[] = [];
    const told: unknown[] = [];
    editor = await startEditor([folder], {
      capabilities: { ...pulling, window: { workDoneProgress: true } },
      connected: (connection) => {
        connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
        connection.onRequest(RegistrationRequest.type, () => undefined);
        connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
          tokens.push(token);
          connection.onProgress(WorkDoneProgress.type, token, ({ kind }) => void told.push([token, kind]));
        });
      },
    });
    expect((await pullAll()).items.length).toBeGreaterThan(200);
    await expect.poll(() => told.length).toBe(2);
    expect(told).toEqual([
      [tokens[0], "begin"],
      [tokens[0], "end"],
    ]);
  });

  it("that pulls its settings is asked for them, and again when it says that they changed", async () => {
    const folder = folderWith({ "db1/keepalived.conf": node(51, "MASTER"), "db2/keepalived.conf": node(52, "BACKUP") });
    let severity = "info";
    const registered: string[] = [];
    editor = await startEditor([folder], {
      capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
      connected: (connection) => {
        connection.onRequest(ConfigurationRequest.type, ({ items }) =>
          items.map(({ section }) => (section === "kalint" ? { rules: { "peer-vrid-mismatch": severity } } : null)),
        );
        connection.onRequest(
          RegistrationRequest.type,
          ({ registrations }) => void registered.push(...registrations.map(({ method }) => method)),
        );
      },
    });
    const db1 = uriOf(folder, "db1/keepalived.conf");
    await editor.open(db1, node(51, "MASTER"));
    const shows = (wanted: number) =>
      editor!.published(db1, ({ diagnostics }) =>
        diagnostics.some(({ code, severity: shown }) => code === "peer-vrid-mismatch" && shown === wanted),
      );
    await shows(3);
    await expect.poll(() => registered).toContain("workspace/didChangeConfiguration");
    severity = "error";
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await shows(1);
  });

  it("that counts bytes gets bytes, and may send whole texts only", async () => {
    editor = await startEditor([], {
      capabilities: {
        general: { positionEncodings: ["utf-8"] },
        textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
      },
    });
    expect(editor.initialized.capabilities).toMatchObject({ positionEncoding: "utf-8", textDocumentSync: { change: 1 } });
    const uri = uriOf(folderWith({}), "keepalived.conf");
    await editor.open(uri, `# 😀\r\nvrrp_instance 主é😀 {\r\n}\r\n`);
    const [symbol] = (await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } })) as DocumentSymbol[];
    expect(symbol?.name).toBe("vrrp_instance 主é😀");
    expect(symbol?.selectionRange).toEqual({ start: { line: 1, character: 0 }, end: { line: 1, character: 14 + 3 + 2 + 4 } });
  });

  it("that knows little gets a flat outline, and notes in the message", async () => {
    const folder = folderWith({ "db1/keepalived.conf": node(51, "MASTER"), "db2/keepalived.conf": node(52, "BACKUP") });
    editor = await startEditor([folder], { capabilities: {} });
    const db2 = uriOf(folder, "db2/keepalived.conf");
    await editor.open(db2, node(52, "BACKUP"));
    const { diagnostics } = await editor.published(db2, (published) =>
      published.diagnostics.some(({ code }) => code === "peer-vrid-mismatch"),
    );
    const mismatch = diagnostics.find(({ code }) => code === "peer-vrid-mismatch");
    expect(mismatch?.relatedInformation).toBeUndefined();
    expect(mismatch?.message).toMatch(/.\n./u);
    const symbols = (await editor.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri: db2 },
    })) as SymbolInformation[];
    expect(symbols.map(({ name, containerName }) => [name, containerName])).toEqual([
      ["vrrp_instance VI_1", undefined],
      ["virtual_ipaddress", "vrrp_instance VI_1"],
      ["10.0.0.100/24", "virtual_ipaddress"],
    ]);
  });
});
