import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  type CodeAction,
  CodeActionRequest,
  DidChangeWatchedFilesNotification,
  DidSaveTextDocumentNotification,
  type DocumentSymbol,
  DocumentSymbolRequest,
  FileChangeType,
} from "vscode-languageserver/node";
import { afterEach, describe, expect, it } from "vitest";
import { type Editor, startEditor, temporaryFolder, uriOf } from "./editor.ts";
import { removeFolder } from "../folders.ts";

const instance = (id: number, state: string, priority: number, more = ""): string =>
  `vrrp_instance VI_1 {
    state ${state}
    interface eth0
    virtual_router_id ${id}
    priority ${priority}
    advert_int 1${more}
    authentication {
        auth_type PASS
        auth_pass s3cr3t
    }
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

const rulesOf = ({ diagnostics }: { readonly diagnostics: readonly { readonly code?: string | number }[] }): readonly unknown[] =>
  diagnostics.map(({ code }) => code);

describe("the language server", { timeout: 20_000 }, () => {
  let editor: Editor | undefined;
  const removals: (() => void)[] = [];

  afterEach(() => {
    editor?.kill();
    editor = undefined;
    for (const remove of removals.splice(0)) remove();
  });

  const folderWith = (files: Readonly<Record<string, string>>, name?: string): string => {
    const { folder, remove } = temporaryFolder(files, name);
    removals.push(remove);
    return folder;
  };

  const cluster = (): string =>
    folderWith({ "db1/keepalived.conf": instance(51, "MASTER", 150), "db2/keepalived.conf": instance(52, "BACKUP", 100) });

  it.each(["server", "kalint"] as const)("says who it is and stops when asked, started as %s", async (program) => {
    editor = await startEditor([], { program });
    expect(editor.initialized.serverInfo?.name).toBe("kalint");
    expect(editor.initialized.capabilities.positionEncoding).toBe("utf-16");
    expect(editor.initialized.capabilities.diagnosticProvider).toBeUndefined();
    expect(await editor.quit()).toBe(0);
    expect(editor.log).toEqual([]);
  });

  it("shows what is wrong in a kalint.toml where it stands, and goes by it once it is right", async () => {
    const folder = folderWith({
      "db1/keepalived.conf": instance(51, "MASTER", 150),
      "db2/keepalived.conf": instance(52, "BACKUP", 100),
      "kalint.toml": '[rules]\npeer-vird-mismatch = "off"\n',
    });
    editor = await startEditor([folder]);
    const settings = uriOf(folder, "kalint.toml");
    const db1 = uriOf(folder, "db1/keepalived.conf");
    await editor.open(db1, instance(51, "MASTER", 150));
    const wrong = await editor.published(settings, ({ diagnostics }) => diagnostics.length > 0);
    expect(wrong.diagnostics).toMatchObject([{ code: "kalint.toml", severity: 1, range: { start: { line: 1, character: 0 } } }]);

    await editor.open(settings, '[rules]\npeer-vrid-mismatch = "off"\n');
    await editor.published(settings, ({ diagnostics }) => diagnostics.length === 0);
    const right = await editor.published(db1, ({ diagnostics }) => !rulesOf({ diagnostics }).includes("peer-vrid-mismatch"));
    expect(right.diagnostics.length).toBeGreaterThan(0);
  });

  it("shows a contradiction of two nodes, with the place in the file that is not open, until it is gone", async () => {
    const folder = cluster();
    editor = await startEditor([folder]);
    const db1 = uriOf(folder, "db1/keepalived.conf");
    const db2 = uriOf(folder, "db2/keepalived.conf");
    await editor.open(db1, instance(51, "MASTER", 150));

    const found = await editor.published(db1, ({ diagnostics }) => diagnostics.length > 0);
    const mismatch = found.diagnostics.find(({ code }) => code === "peer-vrid-mismatch");
    expect(mismatch).toMatchObject({ severity: 1, source: "kalint", range: { start: { line: 3 } } });
    const elsewhere = mismatch?.relatedInformation?.find(({ location }) => location.uri === db2);
    expect(elsewhere?.location.range.start.line).toBe(3);
    expect(found.version).toBe(1);

    await editor.change(db1, instance(52, "MASTER", 150));
    const after = await editor.published(db1, ({ version }) => version === 2);
    expect(rulesOf(after)).not.toContain("peer-vrid-mismatch");
  });

  it("follows what is typed into one of two open files in the other", async () => {
    const folder = folderWith({ "lb1/keepalived.conf": instance(51, "MASTER", 150), "lb2/keepalived.conf": instance(51, "BACKUP", 100) });
    editor = await startEditor([folder]);
    const first = uriOf(folder, "lb1/keepalived.conf");
    const second = uriOf(folder, "lb2/keepalived.conf");
    await editor.open(first, instance(51, "MASTER", 150));
    await editor.open(second, instance(51, "BACKUP", 100));
    const before = [...rulesOf(await editor.published(first, () => true)), ...rulesOf(await editor.published(second, () => true))];
    expect(before).not.toContain("peer-vrid-mismatch");
    // "virtual_router_id 51" becomes "… 151".
    await editor.type(second, { start: { line: 3, character: 22 }, end: { line: 3, character: 22 } }, "1");
    expect(editor.textOf(second)).toContain("virtual_router_id 151");
    const shown = (): unknown[] => [...editor!.known.values()].flatMap((published) => [...rulesOf(published)]);
    await editor.published(second, ({ version }) => version === 2);
    await expect.poll(shown).toContain("peer-vrid-mismatch");
  });

  it("offers a fix that makes the file clean", async () => {
    const text = instance(51, "MASTER", 150, "\n    nopreempt");
    const folder = folderWith({ "keepalived.conf": text });
    editor = await startEditor([folder]);
    const uri = uriOf(folder, "keepalived.conf");
    await editor.open(uri, text);
    const found = await editor.published(uri, ({ diagnostics }) => diagnostics.some(({ code }) => code === "nopreempt-with-master-state"));
    const diagnostic = found.diagnostics.find(({ code }) => code === "nopreempt-with-master-state")!;
    expect(diagnostic.codeDescription?.href).toMatch(/^file:.*\/docs\/rules\/nopreempt-with-master-state\.md$/u);

    const ask = (only?: string[]): Promise<CodeAction[]> =>
      editor!.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic], ...(only === undefined ? {} : { only }) },
      }) as Promise<CodeAction[]>;
    expect(await ask(["source.organizeImports"])).toEqual([]);
    const action = (await ask(["quickfix"])).find(({ diagnostics }) => diagnostics?.[0]?.code === "nopreempt-with-master-state");
    expect(action).toMatchObject({
      title: "Start as BACKUP",
      kind: "quickfix",
      edit: { documentChanges: [{ textDocument: { uri, version: 1 } }] },
    });

    await editor.apply(action!.edit!);
    expect(editor.textOf(uri)).toContain("state BACKUP");
    const after = await editor.published(uri, ({ version }) => version === 2);
    expect(rulesOf(after)).not.toContain("nopreempt-with-master-state");
  });

  it("tells the outline of a file", async () => {
    editor = await startEditor([]);
    const text = `${instance(51, "BACKUP", 100)}
virtual_server 10.0.0.1 3306 {
    real_server 10.0.0.69 3306 {
        TCP_CHECK {
        }
    }
}
`;
    const folder = folderWith({ "keepalived.conf": text });
    const uri = uriOf(folder, "keepalived.conf");
    await editor.open(uri, text);
    const symbols = (await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } })) as DocumentSymbol[];
    const names = (of: readonly DocumentSymbol[]): unknown[] =>
      of.map(({ name, children = [] }) => (children.length === 0 ? name : [name, ...names(children)]));
    expect(names(symbols)).toEqual([
      ["vrrp_instance VI_1", "authentication", ["virtual_ipaddress", "10.0.0.100/24"]],
      ["virtual_server 10.0.0.1 3306", ["real_server 10.0.0.69 3306", "TCP_CHECK"]],
    ]);
    expect(symbols[1]).toMatchObject({
      range: { start: { line: 15, character: 0 }, end: { line: 20, character: 1 } },
      selectionRange: { start: { line: 15, character: 0 }, end: { line: 15, character: 28 } },
    });
  });

  it("judges a file outside of any folder by itself and its neighbours, and reports only what is open", async () => {
    const folder = folderWith({
      "keepalived-master.conf": instance(51, "MASTER", 150),
      "keepalived-backup.conf": instance(52, "BACKUP", 100),
    });
    editor = await startEditor([]);
    const uri = uriOf(folder, "keepalived-master.conf");
    await editor.open(uri, instance(51, "MASTER", 150));
    const found = await editor.published(uri, ({ diagnostics }) => diagnostics.length > 0);
    expect(rulesOf(found)).toContain("peer-vrid-mismatch");
    expect([...editor.known.keys()]).toEqual([uri]);
    await editor.close(uri);
    expect((await editor.published(uri, ({ diagnostics }) => diagnostics.length === 0)).diagnostics).toEqual([]);
  });

  it("judges a text that has not been saved", async () => {
    editor = await startEditor([]);
    await editor.open("untitled:Untitled-1", instance(51, "MASTER", 150, "\n    nopreempt"));
    const found = await editor.published("untitled:Untitled-1", ({ diagnostics }) => diagnostics.length > 0);
    expect(rulesOf(found)).toContain("nopreempt-with-master-state");
  });

  it("notices files that come, change and go on the disk", async () => {
    const folder = folderWith({ "db1/keepalived.conf": instance(51, "MASTER", 150) });
    editor = await startEditor([folder]);
    const db1 = uriOf(folder, "db1/keepalived.conf");
    await editor.open(db1, instance(51, "MASTER", 150));
    expect(rulesOf(await editor.published(db1, () => true))).not.toContain("peer-vrid-mismatch");
    const tell = (type: FileChangeType, file: string): Promise<void> =>
      editor!.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: uriOf(folder, file), type }] });

    const other = path.join(folder, "db2/keepalived.conf");
    mkdirSync(path.dirname(other));
    writeFileSync(other, instance(52, "BACKUP", 100, "\n    nopreempt yes"));
    await tell(FileChangeType.Created, "db2/keepalived.conf");
    await editor.published(db1, (published) => rulesOf(published).includes("peer-vrid-mismatch"));

    writeFileSync(other, instance(51, "MASTER", 100, "\n    nopreempt"));
    await tell(FileChangeType.Changed, "db2/keepalived.conf");
    await editor.published(db1, (published) => !rulesOf(published).includes("peer-vrid-mismatch"));
    await editor.published(uriOf(other), (published) => rulesOf(published).includes("nopreempt-with-master-state"));

    // A folder goes with all it holds.
    removeFolder(path.dirname(other));
    await tell(FileChangeType.Deleted, "db2");
    await editor.published(uriOf(other), ({ diagnostics }) => diagnostics.length === 0);
  });

  it("shows no password, not even the user's own", async () => {
    const folder = folderWith({
      "lb1/keepalived.conf": instance(51, "MASTER", 150),
      "lb2/keepalived.conf": instance(51, "BACKUP", 100).replace("s3cr3t", "0th3rs"),
    });
    editor = await startEditor([folder]);
    const lb1 = uriOf(folder, "lb1/keepalived.conf");
    await editor.open(lb1, instance(51, "MASTER", 150));
    await editor.published(lb1, (published) => rulesOf(published).includes("peer-auth-mismatch"));
    expect(JSON.stringify([...editor.known])).not.toMatch(/s3cr3t|0th3rs/u);
  });

  it("looks at the disk again when something is saved, for a client that watches no files", async () => {
    const folder = cluster();
    editor = await startEditor([folder]);
    const db1 = uriOf(folder, "db1/keepalived.conf");
    await editor.open(db1, instance(51, "MASTER", 150));
    await editor.published(db1, (published) => rulesOf(published).includes("peer-vrid-mismatch"));
    writeFileSync(path.join(folder, "db2/keepalived.conf"), instance(51, "BACKUP", 100));
    await editor.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri: db1 } });
    await editor.published(db1, (published) => !rulesOf(published).includes("peer-vrid-mismatch"));
  });

  it("takes the version and the severities of rules from the client", async () => {
    const folder = cluster();
    editor = await startEditor([folder], {
      options: { keepalivedVersion: "two", rules: { "peer-vrid-mismatch": "info", "no-such-rule": "error", "equal-priority": "loud" } },
    });
    const db1 = uriOf(folder, "db1/keepalived.conf");
    await editor.open(db1, instance(51, "MASTER", 150));
    const found = await editor.published(db1, (published) => rulesOf(published).includes("peer-vrid-mismatch"));
    await editor.published(db1, ({ diagnostics }) =>
      diagnostics.some(({ code, severity }) => code === "peer-vrid-mismatch" && severity === 3),
    );
    expect(found.diagnostics.length).toBeGreaterThan(0);
    expect(editor.log.join("\n")).toMatch(/no-such-rule/u);
    expect(editor.log.join("\n")).toMatch(/equal-priority/u);
    expect(editor.log.join("\n")).toMatch(/two/u);
  });

  it("finds its way in folders with spaces, umlauts and Chinese names, whichever way the client writes them", async () => {
    const folder = folderWith(
      { "knoten 1 (ä)/主/keepalived.conf": instance(51, "MASTER", 150), "knoten 2 (ä)/主/keepalived.conf": instance(52, "BACKUP", 100) },
      "kalint büro 100% ",
    );
    editor = await startEditor([folder]);
    const plain = uriOf(folder, "knoten 1 (ä)/主/keepalived.conf");
    // VS Code writes parentheses as %28 and %29.
    const uri = plain.replace("(", "%28").replace(")", "%29");
    expect(uri).not.toBe(plain);
    await editor.open(uri, instance(51, "MASTER", 150));
    const found = await editor.published(uri, ({ diagnostics }) => diagnostics.length > 0);
    const other = found.diagnostics
      .find(({ code }) => code === "peer-vrid-mismatch")
      ?.relatedInformation?.map(({ location }) => location.uri);
    expect(other).toContain(uriOf(folder, "knoten 2 (ä)/主/keepalived.conf"));
    // The open file has one name, the client's.
    await editor.published(uriOf(folder, "knoten 2 (ä)/主/keepalived.conf"), () => true).catch(() => undefined);
    expect(editor.known.has(plain)).toBe(false);
  });

  it("reads nothing outside of the folders it was given", async () => {
    const outer = folderWith({ "db1/keepalived.conf": instance(51, "MASTER", 150), "db2/keepalived.conf": instance(52, "BACKUP", 100) });
    const text = `include ../db2/keepalived.conf\n${instance(51, "MASTER", 150, "\n    nopreempt")}`;
    writeFileSync(path.join(outer, "db1/keepalived.conf"), text);
    editor = await startEditor([path.join(outer, "db1")]);
    const uri = uriOf(outer, "db1/keepalived.conf");
    await editor.open(uri, text);
    const found = await editor.published(uri, ({ diagnostics }) => diagnostics.length > 0);
    expect(rulesOf(found)).toContain("nopreempt-with-master-state");
    expect(rulesOf(found)).not.toContain("peer-vrid-mismatch");
    expect(JSON.stringify([...editor.known])).not.toContain(uriOf(outer, "db2/keepalived.conf"));
    expect(readFileSync(path.join(outer, "db2/keepalived.conf"), "utf8")).toBe(instance(52, "BACKUP", 100));
  });

  it("lives on after what it does not understand", async () => {
    const folder = cluster();
    editor = await startEditor([folder]);
    await expect(editor.connection.sendRequest("keepalived/reload", {})).rejects.toThrow(/unhandled|not found/iu);
    // A request that the handler cannot make sense of is answered with an error.
    await expect(editor.connection.sendRequest("textDocument/documentSymbol", { textDocument: null })).rejects.toThrow(/.+/u);
    await expect(
      editor.connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri: "file:///%ff/x" } }),
    ).resolves.toBeNull();
    await editor.open("git:/somewhere/keepalived.conf?ref", instance(51, "MASTER", 150, "\n    nopreempt"));
    const db1 = uriOf(folder, "db1/keepalived.conf");
    await editor.open(db1, instance(51, "MASTER", 150));
    await editor.published(db1, (published) => rulesOf(published).includes("peer-vrid-mismatch"));
    expect([...editor.known.keys()].filter((uri) => !uri.startsWith("file:"))).toEqual([]);
  });
});
