/** Code actions over the wire: kinds, commands, edits. What they change is tested in test/features. */
import { type CodeAction, CodeActionRequest, ExecuteCommandRequest, ShowDocumentRequest } from "vscode-languageserver/node";
import { afterEach, expect, it } from "vitest";
import { type Editor, startEditor, temporaryFolder, uriOf } from "./editor.ts";

const text = (id: number, lines = ""): string => `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id ${id}
${lines}    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

const literals = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } };

const start = async (
  options?: unknown,
  shown: string[] = [],
): Promise<{ readonly editor: Editor; readonly uri: string; readonly peer: string }> => {
  const wrong = text(52, "    state MASTER\n    nopreempt\n");
  const { folder, remove } = temporaryFolder({ "a/keepalived.conf": wrong, "b/keepalived.conf": text(53) });
  cleanups.push(remove);
  const editor = await startEditor([folder], {
    options,
    capabilities: {
      textDocument: literals,
      window: { showDocument: { support: true } },
      workspace: { workspaceEdit: { documentChanges: true } },
    },
    connected: (connection) =>
      connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
        shown.push(uri);
        return { success: true };
      }),
  });
  cleanups.push(() => editor.kill());
  const uri = uriOf(folder, "a/keepalived.conf");
  await editor.open(uri, wrong);
  return { editor, uri, peer: uriOf(folder, "b/keepalived.conf") };
};

const ask = (editor: Editor, uri: string, line: number, character: number, only?: readonly string[]): Promise<readonly CodeAction[]> =>
  editor.connection.sendRequest(CodeActionRequest.type.method, {
    textDocument: { uri },
    range: { start: { line, character }, end: { line, character } },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });

it("come in kinds, and who asks for one gets that one", { timeout: 30_000 }, async () => {
  const { editor, uri, peer } = await start();
  const all = await ask(editor, uri, 2, 23);
  const spread = all.find(({ title }) => title === "Use virtual_router_id 52 on b as well");
  expect(spread).toMatchObject({ kind: "refactor.rewrite", edit: { documentChanges: [{ textDocument: { uri: peer, version: null } }] } });
  const kinds = async (only: readonly string[]): Promise<readonly unknown[]> => [
    ...new Set((await ask(editor, uri, 2, 23, only)).map(({ kind }) => kind)),
  ];
  expect(await kinds(["refactor"])).toEqual(["refactor.rewrite"]);
  expect(await kinds(["quickfix"])).toEqual(["quickfix"]);
  expect(await kinds(["source.organizeImports"])).toEqual([]);
  expect((await kinds(["source.fixAll"])).every((kind) => kind === "source.fixAll.kalint")).toBe(true);
});

it("agree to a finding by a comment above its line", { timeout: 30_000 }, async () => {
  const { editor, uri } = await start();
  const ignore = (await ask(editor, uri, 4, 6)).find(({ title }) => title === "Ignore nopreempt-with-master-state here");
  await editor.apply(ignore!.edit!);
  expect(editor.textOf(uri)).toContain("    # kalint-ignore nopreempt-with-master-state: TODO: say why\n    nopreempt\n");
  const { diagnostics } = await editor.published(uri, ({ version }) => version === 2);
  expect(diagnostics.map(({ code }) => code)).not.toContain("nopreempt-with-master-state");
});

it("explain a rule by the editor's command, else by showing its page", { timeout: 30_000 }, async () => {
  const own = await start({ commands: ["kalint.explain"] });
  const [explained] = (await ask(own.editor, own.uri, 4, 6)).filter(({ title }) => title === "Explain nopreempt-with-master-state");
  expect(explained?.command).toMatchObject({ command: "kalint.explain", arguments: ["nopreempt-with-master-state"] });
  const shown: string[] = [];
  const plain = await start(undefined, shown);
  const [page] = (await ask(plain.editor, plain.uri, 4, 6)).filter(({ title }) => title === "Explain nopreempt-with-master-state");
  const { command, arguments: args } = page!.command!;
  await plain.editor.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args ?? [] });
  expect(shown).toEqual([expect.stringMatching(/\/docs\/rules\/nopreempt-with-master-state\.md$/u)]);
  await plain.editor.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: ["../../package"] });
  await plain.editor.connection.sendRequest(ExecuteCommandRequest.type, { command: "rm", arguments: [] });
  expect(shown).toHaveLength(1);
});
