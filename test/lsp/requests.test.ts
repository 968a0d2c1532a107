/** Questions of an editor, over the wire: positions, kinds, edits. What the answers say is tested in test/features. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CodeLensRequest,
  CompletionRequest,
  DeclarationRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentOnTypeFormattingRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { type Editor, startEditor, temporaryFolder, uriOf } from "./editor.ts";

const text = `vrrp_script chk {
    script "/etc/keepalived/check.sh"
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 100
    advert_int 1
    track_script {
        chk
    }
    virtual_ipaddress {
        10.0.0.100
    }
}
`;
const at = (line: number, character: number) => ({ line, character });

describe("requests", () => {
  const { folder, remove } = temporaryFolder({
    "db1/etc/keepalived/keepalived.conf": text,
    "db1/etc/keepalived/check.sh": "#!/bin/sh\nexit 0\n",
    "db2/etc/keepalived/keepalived.conf": text.replace("priority 100", "priority 90"),
    "db2/etc/keepalived/check.sh": "#!/bin/sh\nexit 0\n",
  });
  const uri = uriOf(path.join(folder, "db1/etc/keepalived/keepalived.conf"));
  const script = uriOf(path.join(folder, "db1/etc/keepalived/check.sh"));
  const textDocument = { uri };
  let editor: Editor;

  beforeAll(async () => {
    editor = await startEditor([folder]);
    await editor.open(uri, text);
  });
  afterAll(remove);

  const ask = <Result>(type: { readonly method: string }, params: unknown): Promise<Result> =>
    editor.connection.sendRequest(type.method, params);

  it("completion follows what is typed, at once", async () => {
    await editor.type(uri, { start: at(8, 16), end: at(8, 16) }, "\n    garp_master_d");
    const items = await ask<readonly { label: string; textEdit: unknown }[]>(CompletionRequest.type, {
      textDocument,
      position: at(9, 17),
    });
    expect(items.find(({ label }) => label === "garp_master_delay")?.textEdit).toEqual({
      range: { start: at(9, 4), end: at(9, 17) },
      // This client knows no snippets.
      newText: "garp_master_delay",
    });
    await editor.type(uri, { start: at(8, 16), end: at(9, 17) }, "");
    expect(editor.textOf(uri)).toBe(text);
  });

  it("hover, definition, references, highlight, link", async () => {
    const hover = await ask<{ contents: { value: string }; range: unknown }>(HoverRequest.type, {
      textDocument,
      position: at(6, 24),
    });
    expect(hover.contents.value).toContain("**db2** `VI_1`, priority 90");
    expect(hover.range).toEqual({ start: at(6, 22), end: at(6, 24) });
    const zero = { start: at(0, 0), end: at(0, 0) };
    expect(await ask(DefinitionRequest.type, { textDocument, position: at(10, 9) })).toEqual([
      { uri, range: { start: at(0, 12), end: at(0, 15) } },
    ]);
    expect(await ask(DefinitionRequest.type, { textDocument, position: at(1, 20) })).toEqual([{ uri: script, range: zero }]);
    expect(await ask(DeclarationRequest.type, { textDocument, position: at(1, 20) })).toEqual([{ uri: script, range: zero }]);
    // From the script back to the line that runs it.
    expect(await ask(DefinitionRequest.type, { textDocument: { uri: script }, position: at(1, 0) })).toEqual([
      { uri, range: { start: at(1, 12), end: at(1, 36) } },
    ]);
    const references = { textDocument, position: at(0, 13), context: { includeDeclaration: false } };
    expect(await ask(ReferencesRequest.type, references)).toEqual([{ uri, range: { start: at(10, 8), end: at(10, 11) } }]);
    expect(await ask(DocumentHighlightRequest.type, { textDocument, position: at(0, 13) })).toHaveLength(2);
    expect(await ask(DocumentLinkRequest.type, { textDocument })).toEqual([
      { range: { start: at(1, 12), end: at(1, 36) }, target: script },
    ]);
  });

  it("rename prepares, edits and refuses", async () => {
    const position = at(10, 9);
    expect(await ask(PrepareRenameRequest.type, { textDocument, position })).toEqual({
      range: { start: at(10, 8), end: at(10, 11) },
      placeholder: "chk",
    });
    expect(await ask(PrepareRenameRequest.type, { textDocument, position: at(4, 6) })).toBeNull();
    const edit = await ask<{ documentChanges: readonly { edits: readonly unknown[] }[] }>(RenameRequest.type, {
      textDocument,
      position,
      newName: "check_db",
    });
    expect(edit.documentChanges[0]?.edits).toEqual([
      { range: { start: at(0, 12), end: at(0, 15) }, newText: "check_db" },
      { range: { start: at(10, 8), end: at(10, 11) }, newText: "check_db" },
    ]);
    await expect(ask(RenameRequest.type, { textDocument, position, newName: "two words" })).rejects.toThrow(
      "would not read it as one word",
    );
  });

  it("signature, folding, selection, symbols, decorations", async () => {
    const signature = await ask<{ signatures: readonly { label: string }[] }>(SignatureHelpRequest.type, {
      textDocument,
      position: at(7, 13),
    });
    expect(signature.signatures[0]?.label).toBe("priority priority");
    expect(await ask(FoldingRangeRequest.type, { textDocument })).toContainEqual({ startLine: 3, endLine: 14 });
    const [selection] = await ask<readonly { range: unknown; parent: { range: unknown } }[]>(SelectionRangeRequest.type, {
      textDocument,
      positions: [at(7, 14)],
    });
    expect(selection?.range).toEqual({ start: at(7, 13), end: at(7, 16) });
    expect(selection?.parent.range).toEqual({ start: at(7, 4), end: at(7, 16) });
    const symbols = await ask<readonly { name: string; containerName: string }[]>(WorkspaceSymbolRequest.type, { query: "vi" });
    expect(symbols.map(({ name, containerName }) => `${containerName} ${name}`).toSorted()).toEqual(["db1 VI_1", "db2 VI_1"]);
    const hints = await ask<readonly { label: string }[]>(InlayHintRequest.type, {
      textDocument,
      range: { start: at(0, 0), end: at(16, 0) },
    });
    expect(hints.map(({ label }) => label)).toEqual(["takes over after 3.6 s", "FAULT when failing", "/32"]);
    const lenses = await ask<readonly { command: { title: string; command: string } }[]>(CodeLensRequest.type, { textDocument });
    expect(lenses.map(({ command }) => [command.title, command.command])).toEqual([
      ["used once", ""],
      ["master: db1 · peers: db2 (90)", ""],
    ]);
    const tokens = await ask<{ data: readonly number[] }>(SemanticTokensRequest.type, { textDocument });
    expect(tokens.data.slice(0, 5)).toEqual([0, 0, 11, 0, 0]);
  });

  it("formatting", async () => {
    const ragged = uriOf(path.join(folder, "ragged/keepalived.conf"));
    await editor.open(ragged, "vrrp_instance   V{\nstate   MASTER\n }\n");
    const options = { tabSize: 2, insertSpaces: true };
    expect(await ask(DocumentFormattingRequest.type, { textDocument: { uri: ragged }, options })).toEqual([
      { range: { start: at(0, 0), end: at(1, 0) }, newText: "vrrp_instance V {\n" },
      { range: { start: at(1, 0), end: at(2, 0) }, newText: "  state MASTER\n" },
      { range: { start: at(2, 0), end: at(3, 0) }, newText: "}\n" },
    ]);
    const typed = { textDocument: { uri: ragged }, position: at(2, 2), ch: "}", options };
    expect(await ask(DocumentOnTypeFormattingRequest.type, typed)).toEqual([{ range: { start: at(2, 0), end: at(3, 0) }, newText: "}\n" }]);
    const entered = { ...typed, position: at(2, 0), ch: "\n" };
    expect(await ask(DocumentOnTypeFormattingRequest.type, entered)).toEqual([
      { range: { start: at(1, 0), end: at(2, 0) }, newText: "  state MASTER\n" },
    ]);
    await editor.close(ragged);
  });

  it("end in order, and nothing was complained about", async () => {
    expect(await editor.quit()).toBe(0);
    expect(editor.log).toEqual([]);
  });
});
