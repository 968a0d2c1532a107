/** Messages that are broken, strange, or out of season. The server answers as the protocol says, and lives on. */
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder, uriOf } from "./editor.ts";
import { type Reply, startWire, type Wire } from "./wire.ts";
import { removeFolder } from "../folders.ts";

const serverNotInitialized = -32_002;
const invalidRequest = -32_600;
const methodNotFound = -32_601;
const requestCancelled = -32_800;

const text = `vrrp_instance VI_1 {
    state MASTER
    nopreempt
    interface eth0
    virtual_router_id 52
    priority 100
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

describe("over the wire", { timeout: 40_000 }, () => {
  let wire: Wire;
  const removals: (() => void)[] = [];
  beforeEach(() => {
    wire = startWire();
  });
  afterEach(() => {
    wire.kill();
    for (const remove of removals.splice(0)) remove();
  });

  const folderWith = (files: Readonly<Record<string, string>>, name?: string): string => {
    const { folder, remove } = temporaryFolder(files, name);
    removals.push(remove);
    return folder;
  };
  const initialize = async (folder?: string, capabilities: object = {}): Promise<Reply> => {
    const answer = await wire.ask("initialize", {
      processId: null,
      rootUri: folder === undefined ? null : uriOf(folder),
      capabilities,
    });
    wire.send({ method: "initialized", params: {} });
    return answer;
  };
  const open = (uri: string, content: string, languageId = "keepalived"): void =>
    wire.send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId, version: 1, text: content } } });
  const codes = (reply: Reply): readonly string[] =>
    (reply.params as { readonly diagnostics: readonly { readonly code: string }[] }).diagnostics.map(({ code }) => code);
  const published = (uri: string, when: (found: readonly string[]) => boolean): Promise<Reply> =>
    wire.got(
      (reply) => reply.method === "textDocument/publishDiagnostics" && (reply.params as { uri: string }).uri === uri && when(codes(reply)),
    );
  const symbols = async (uri: string): Promise<unknown> =>
    (await wire.ask("textDocument/documentSymbol", { textDocument: { uri } })).result;

  it("requests before initialize are refused, notifications dropped, and it starts all the same", async () => {
    expect((await wire.ask("textDocument/hover", {})).error?.code).toBe(serverNotInitialized);
    expect((await wire.ask("shutdown")).error?.code).toBe(serverNotInitialized);
    wire.send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri: "untitled:a", languageId: "keepalived", version: 1, text } },
    });
    expect((await initialize()).result).toMatchObject({ serverInfo: { name: "kalint" } });
    expect((await wire.ask("initialize", { capabilities: {} })).error?.code).toBe(invalidRequest);
    expect(await symbols("untitled:a")).toBeNull();
  });

  it("requests after shutdown are refused, and exit ends it with 0", async () => {
    await initialize();
    expect((await wire.ask("shutdown")).result).toBeNull();
    expect((await wire.ask("textDocument/hover", { textDocument: { uri: "untitled:a" } })).error?.code).toBe(invalidRequest);
    expect((await wire.ask("shutdown")).error?.code).toBe(invalidRequest);
    open("untitled:a", text);
    wire.send({ method: "exit" });
    expect(await wire.exited).toBe(0);
  });

  it("exit without shutdown ends it with 1, also before initialize", async () => {
    wire.send({ method: "exit" });
    expect(await wire.exited).toBe(1);
  });

  it("methods it does not know are answered, notifications passed over, whatever their params", async () => {
    await initialize();
    expect((await wire.ask("keepalived/reload", {})).error?.code).toBe(methodNotFound);
    expect((await wire.ask("$/strange", {})).error?.code).toBe(methodNotFound);
    expect((await wire.ask("textDocument/typeDefinition", {})).error?.code).toBe(methodNotFound);
    wire.send({ method: "$/strange", params: {} });
    wire.send({ method: "keepalived/did", params: [1] });
    wire.send({ method: "$/cancelRequest", params: { id: 4711 } });
    // Ids may be words.
    expect((await wire.ask("workspace/symbol", { query: "" }, "one")).result).toEqual([]);
  });

  it("messages that are broken cost nothing but themselves", async () => {
    await initialize();
    const frame = (body: string, header = ""): void => wire.raw(`${header}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    frame("{ this is no JSON");
    frame("[]");
    frame("17");
    frame('"text"');
    frame("null");
    frame("{}");
    frame('{"jsonrpc":"2.0","id":7}');
    expect((await wire.got(({ id }) => id === 7)).error?.code).toBe(invalidRequest);
    frame('{"jsonrpc":"2.0","id":8,"method":5}');
    expect((await wire.got(({ id }) => id === 8)).error?.code).toBe(invalidRequest);
    frame('{"jsonrpc":"2.0","id":9,"result":{}}');
    // In pieces, and with a header that says more.
    const whole = '{"jsonrpc":"2.0","id":10,"method":"workspace/symbol","params":{"query":"ä😀"}}';
    wire.raw(`Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(whole)}\r\n`);
    wire.raw(`\r\n${whole.slice(0, 20)}`);
    await new Promise((resolve) => void setTimeout(resolve, 50));
    wire.raw(whole.slice(20));
    expect((await wire.got(({ id }) => id === 10)).result).toEqual([]);
  });

  it("params of any shape are answered, with an error or without", async () => {
    await initialize();
    const isAnswer = ({ error, result }: Reply): boolean => error !== undefined || result !== undefined;
    const shapes = [undefined, null, [], {}, { textDocument: null }, { textDocument: { uri: 5 } }, { textDocument: { uri: "%" } }];
    const positions = [
      {},
      null,
      { line: -1, character: -1 },
      { line: 1e9, character: 1e9 },
      { line: "a", character: null },
      { line: 0.5, character: 1.5 },
    ];
    open("untitled:a", text);
    const asked = ["hover", "completion", "codeAction", "formatting", "rename", "inlayHint", "selectionRange", "signatureHelp"].flatMap(
      (method) => [
        ...shapes.map((params): readonly [string, unknown] => [method, params]),
        ...positions.map((position): readonly [string, unknown] => {
          const range = { start: position, end: position };
          return [
            method,
            { textDocument: { uri: "untitled:a" }, position, positions: [position], range, newName: "x", options: {}, context: {} },
          ];
        }),
      ],
    );
    const answers = await Promise.all(asked.map(([method, params]) => wire.ask(`textDocument/${method}`, params)));
    expect(answers.every(isAnswer)).toBe(true);
    expect(await symbols("untitled:a")).toHaveLength(3);
  });

  it("a request that is taken back is answered as cancelled", async () => {
    const folder = folderWith({ "keepalived.conf": text });
    await initialize(folder);
    const uri = uriOf(folder, "keepalived.conf");
    open(uri, text);
    for (let id = 1; id <= 20; id++)
      wire.send({ id, method: "textDocument/hover", params: { textDocument: { uri }, position: { line: 2, character: 6 } } });
    for (let id = 1; id <= 20; id++) wire.send({ method: "$/cancelRequest", params: { id } });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => wire.got(({ id }) => id === index + 1)));
    const cancelled = answers.filter(({ error }) => error?.code === requestCancelled);
    expect(cancelled.length).toBeGreaterThan(0);
    expect(answers.every(({ error, result }) => error?.code === requestCancelled || result !== undefined)).toBe(true);
  });

  it("a file that is deleted while it is open is judged until it is closed", async () => {
    const folder = folderWith({ "db1/keepalived.conf": text });
    await initialize(folder);
    const file = path.join(folder, "db1/keepalived.conf");
    const uri = uriOf(file);
    open(uri, text);
    await published(uri, (found) => found.includes("nopreempt-with-master-state"));
    removeFolder(path.dirname(file));
    wire.send({ method: "workspace/didChangeWatchedFiles", params: { changes: [{ uri, type: 3 }] } });
    const changed = text.replace("nopreempt", "nopreempt\n    garp_master_delay x");
    wire.send({ method: "textDocument/didChange", params: { textDocument: { uri, version: 2 }, contentChanges: [{ text: changed }] } });
    await published(uri, (found) => found.includes("invalid-number") && found.includes("nopreempt-with-master-state"));
    expect(await symbols(uri)).toHaveLength(3);
    wire.send({ method: "textDocument/didClose", params: { textDocument: { uri } } });
    await wire.got((reply) => reply.method === "textDocument/publishDiagnostics" && codes(reply).length === 0);
    expect(await symbols(uri)).toBeNull();
  });

  it("a workspace without a configuration, or that is not there, is a quiet one", async () => {
    const folder = folderWith({ "readme.txt": "nothing\n" });
    removeFolder(folder);
    await initialize(folder);
    expect((await wire.ask("workspace/symbol", { query: "" })).result).toEqual([]);
    expect(
      (await wire.ask("textDocument/definition", { textDocument: { uri: uriOf(folder, "x") }, position: { line: 0, character: 0 } }))
        .result,
    ).toEqual([]);
  });

  it("a document that is no file of this machine is answered from its text alone, and not judged", async () => {
    const folder = folderWith({ "keepalived.conf": text });
    await initialize(folder);
    const position = { line: 1, character: 6 };
    const options = { tabSize: 2, insertSpaces: true };
    for (const uri of [
      "vscode-vfs://github/owner/repo/keepalived.conf",
      "git:/x/keepalived.conf?HEAD",
      "nonsense",
      "",
      "file://host/x/a.conf",
    ]) {
      open(uri, text);
      // oxlint-disable no-await-in-loop -- one after the other
      expect(await symbols(uri)).toHaveLength(3);
      expect((await wire.ask("textDocument/formatting", { textDocument: { uri }, options })).result).not.toEqual([]);
      expect((await wire.ask("textDocument/hover", { textDocument: { uri }, position })).result).toBeNull();
      // oxlint-enable no-await-in-loop
    }
    await published(uriOf(folder, "keepalived.conf"), (found) => found.length > 0);
  });

  it("an unsaved text answers everything", async () => {
    await initialize();
    open("untitled:Untitled-1", text);
    await published("untitled:Untitled-1", (found) => found.includes("nopreempt-with-master-state"));
    const position = { line: 4, character: 6 };
    expect((await wire.ask("textDocument/hover", { textDocument: { uri: "untitled:Untitled-1" }, position })).result).not.toBeNull();
  });

  it("names with blanks, percent signs and emoji, lines that end in CR LF", async () => {
    const crlf = text.replaceAll("\n", "\r\n").replace("VI_1", "VI_😀");
    const folder = folderWith({ "knoten 100% 😀/keepalived.conf": crlf }, "kalint %41 🦄 ");
    await initialize(folder);
    const uri = uriOf(folder, "knoten 100% 😀/keepalived.conf");
    open(uri, crlf);
    const reply = await published(uri, (found) => found.includes("nopreempt-with-master-state"));
    const { diagnostics } = reply.params as { diagnostics: readonly { code: string; range: unknown }[] };
    expect(diagnostics.find(({ code }) => code === "nopreempt-with-master-state")?.range).toEqual({
      start: { line: 2, character: 4 },
      end: { line: 2, character: 13 },
    });
  });

  it("a line of a megabyte, and a text of nothing else", async () => {
    await initialize();
    open("untitled:long", `vrrp_instance ${"x".repeat(2 ** 20)} {\n${"word ".repeat(50_000)}\n}\n`);
    expect(await symbols("untitled:long")).toHaveLength(1);
    open("untitled:braces", "{".repeat(200_000));
    await published("untitled:braces", (found) => found.length > 0);
    const at = { textDocument: { uri: "untitled:long" }, position: { line: 0, character: 2 ** 19 } };
    expect((await wire.ask("textDocument/hover", at)).error).toBeUndefined();
    expect((await wire.ask("textDocument/completion", { ...at, position: { line: 1, character: 200_000 } })).error).toBeUndefined();
  });

  it("positions count bytes for a client that knows nothing else", async () => {
    const initialized = await initialize(undefined, { general: { positionEncodings: ["utf-8"] } });
    expect(initialized.result).toMatchObject({ capabilities: { positionEncoding: "utf-8" } });
    open("untitled:a", `# 😀é主\n${text.replace("nopreempt", '"😀é主" nopreempt_x')}`);
    const reply = await published("untitled:a", (found) => found.includes("unknown-keyword"));
    const { diagnostics } = reply.params as { diagnostics: readonly { code: string; range: { start: object; end: object } }[] };
    const { range } = diagnostics.find(({ code }) => code === "unknown-keyword")!;
    // Two quotes, and characters of four, two and three bytes.
    expect(range).toEqual({ start: { line: 3, character: 4 }, end: { line: 3, character: 4 + 2 + 9 } });
  });
});
