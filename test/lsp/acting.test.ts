/** Code actions, decorations, structure and formatting over the wire: text in, answer out. */
import {
  type CodeLens,
  CodeLensRequest,
  type DocumentLink,
  DocumentLinkRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  type FoldingRange,
  FoldingRangeRequest,
  type InlayHint,
  InlayHintRequest,
  type SelectionRange,
  SelectionRangeRequest,
  type SemanticTokens,
  SemanticTokensRequest,
  type SymbolInformation,
  type TextEdit,
  type WorkspaceSymbol,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { beforeAll, describe, expect, it } from "vitest";
import { type Desk, type Files, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const node = (lines: string, more = ""): string =>
  `${more}vrrp_instance VI_1 {\n    interface eth0\n${lines}\n    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}\n`;
const titles = async (files: Files | string): Promise<readonly string[]> => (await desk.actions(files)).map(({ title }) => title);

describe("code actions", () => {
  const wrong = node("    state MASTER\n    nopre‸empt\n    virtual_router_id 50\n    priority 100");

  it("fix, agree and explain where a finding stands", async () => {
    expect(await desk.acted("Start as BACKUP", wrong)).toEqual({ "keepalived.conf": ["state BACKUP"] });
    expect(await desk.acted("Ignore nopreempt-with-master-state here", wrong)).toEqual({
      "keepalived.conf": ["# kalint-ignore nopreempt-with-master-state: TODO: say why"],
    });
  });

  it("fix all that is safe in the file", async () => {
    const text = `${node("    state SLAVE\n    virtual_router_id 50\n    ‸priority 100")}vrrp_instance V2 {\n    state SLAVE\n}\n`;
    expect(await desk.acted("Fix all that is safe in this file", text)).toEqual({ "keepalived.conf": ["state BACKUP", "state BACKUP"] });
  });

  it("add the block that the peers have", async () => {
    const check = 'vrrp_script chk {\n    script "/bin/true"\n}\n';
    const tracking = "    virtual_router_id 50\n    track_script {\n        chk\n    }";
    const files: Files = { "a/keepalived.conf": node(tracking.replace("chk", "c‸hk")), "b/keepalived.conf": node(tracking, check) };
    expect(await desk.acted("Define vrrp_script chk as b does", files)).toEqual({
      "a/keepalived.conf": ["vrrp_script chk {", 'script "/bin/true"'],
    });
    const auth = "    virtual_router_id 5‸0\n    authentication {\n        auth_type PASS\n        auth_pass s3cret\n    }";
    const lacking: Files = { "a/keepalived.conf": node("    virtual_router_id 5‸0"), "b/keepalived.conf": node(auth.replace("‸", "")) };
    expect(await desk.acted("Add the authentication that b has", lacking)).toEqual({
      "a/keepalived.conf": ["authentication {", "auth_type PASS", "auth_pass s3cret"],
    });
  });

  it("show no password in a title", async () => {
    const auth = (password: string): string =>
      `    virtual_router_id 50\n    authentication {\n        auth_type PASS\n        auth_pass ${password}\n    }`;
    const all = await titles({ "a/keepalived.conf": node(auth("s3c‸ret")), "b/keepalived.conf": node(auth("0ther")) });
    expect(all).toContain("Use this auth_pass on b as well");
    expect(all.join("\n")).not.toMatch(/s3cret|0ther/u);
  });
});

describe("a shell script that the configuration runs", () => {
  const files = (script: string): Files => ({
    "db1/etc/keepalived/keepalived.conf":
      'vrrp_script chk {\n    script "/etc/keepalived/x.sh db"\n    interval 2\n}\nvrrp_instance V {\n    track_script {\n        chk\n    }\n}\n',
    "db1/etc/keepalived/x.sh": script,
  });
  const hopeless = "#!/bin/sh\npidof mysqld\nexi‸t 0\n";

  it("has findings, which can be agreed to in a comment", async () => {
    const ignore = (await titles(files(hopeless))).filter((title) => title.startsWith("Ignore "));
    expect(ignore.length).toBeGreaterThan(0);
    const after = await desk.acted(ignore[0]!, files(hopeless));
    expect(after["db1/etc/keepalived/x.sh"]).toEqual([expect.stringMatching(/^# kalint-ignore [\w-]+: TODO: say why$/u)]);
  });

  it("has an outline of its functions", async () => {
    const symbols = await desk.ask<readonly SymbolInformation[]>(
      DocumentSymbolRequest.method,
      files("#!/bin/sh\nis_up() {\n  pidof mysqld\n}\nis‸_up\n"),
      ({ textDocument }) => ({ textDocument }),
    );
    expect(symbols.map(({ name }) => name)).toEqual(["is_up"]);
  });
});

describe("between and around the words", () => {
  it("inlay hints: effective priorities, defaults that matter, the time to fail over", async () => {
    const text = `vrrp_script chk {
    script "/bin/true"
    weight -20
}
vrrp_script hard {
    script "/bin/true"
}
vrrp_instance VI_1 {‸
    priority 100
    advert_int 1
    track_script {
        chk
        hard
    }
    virtual_ipaddress {
        10.0.0.100
        10.0.0.101/24
    }
}
`;
    const hints = await desk.ask<readonly InlayHint[]>(InlayHintRequest.method, text, ({ textDocument }) => ({
      textDocument,
      range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
    }));
    expect(hints.map(({ label, position }) => `${position.line + 1}: ${label as string}`)).toEqual([
      "9: 80 when failing",
      "10: takes over after 3.6 s",
      "13: FAULT when failing",
      "16: /32",
    ]);
  });

  it("code lenses: the peers, who would be master as the model plays it, and uses", async () => {
    const chk = 'vrrp_script chk {\n    script "/bin/true"\n}\n';
    const lenses = async (vrid: number): Promise<readonly string[]> => {
      const files: Files = {
        "db1/keepalived.conf": node("    virtual_router_id 50\n    ‸priority 100", chk),
        "db2/keepalived.conf": node(`    virtual_router_id ${vrid}\n    priority 90`),
      };
      const found = await desk.ask<readonly CodeLens[]>(CodeLensRequest.method, files, ({ textDocument }) => ({ textDocument }));
      return found.map(({ command, range }) => `${range.start.line + 1}: ${command!.title}`);
    };
    expect(await lenses(50)).toEqual(["1: not used", "4: master: db1 · peers: db2 (90)"]);
    expect(await lenses(51)).toEqual(["1: not used", "4: 2 masters: db1 and db2 · peers: db2 (90)"]);
  });

  it("semantic tokens: what every word is", async () => {
    const text = "vrrp_instance 主😀 {‸\n    state BACKUP # x\n    priority 100\n}\n";
    const { data } = await desk.ask<SemanticTokens>(SemanticTokensRequest.method, text, ({ textDocument }) => ({ textDocument }));
    const document = TextDocument.create("x:", "", 0, text.replace("‸", ""));
    const words: string[] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      line += data[at]!;
      character = (data[at] === 0 ? character : 0) + data[at + 1]!;
      words.push(document.getText({ start: { line, character }, end: { line, character: character + data[at + 2]! } }));
    }
    expect(words).toEqual(["vrrp_instance", "主😀", "state", "BACKUP", "priority", "100"]);
  });

  it("links of includes and scripts", async () => {
    const files: Files = {
      "db1/etc/keepalived/keepalived.conf": 'include ‸conf.d/a.conf\nvrrp_script c {\n    script "/etc/keepalived/x.sh 1"\n}\n',
      "db1/etc/keepalived/conf.d/a.conf": "",
      "db1/etc/keepalived/x.sh": "#!/bin/sh\n",
    };
    const links = await desk.ask<readonly DocumentLink[]>(DocumentLinkRequest.method, files, ({ textDocument }) => ({ textDocument }));
    expect(links.map(({ target, range }) => [range.start.line, target!.replace(/^.*\/db1/u, "")])).toEqual([
      [0, "/etc/keepalived/conf.d/a.conf"],
      [2, "/etc/keepalived/x.sh"],
    ]);
  });

  it("symbols of the workspace", async () => {
    const found = await desk.ask<readonly WorkspaceSymbol[]>(
      WorkspaceSymbolRequest.method,
      { "a/keepalived.conf": `‸${node("    virtual_router_id 50")}`, "b/keepalived.conf": "virtual_server 10.0.0.100 80 {\n}\n" },
      () => ({ query: "10.0.0" }),
    );
    expect(found.map(({ name }) => name).toSorted()).toEqual(["10.0.0.100/24", "virtual_server 10.0.0.100 80"]);
  });

  it("folds and selections", async () => {
    const text = "# a\n# b\nvrrp_instance V {\n    virtual_ipaddress {\n        10.0‸.0.1 dev eth0\n    }\n}\n";
    const folds = await desk.ask<readonly FoldingRange[]>(FoldingRangeRequest.method, text, ({ textDocument }) => ({ textDocument }));
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine]).toSorted(([a = 0], [b = 0]) => a - b)).toEqual([
      [0, 1],
      [2, 5],
      [3, 4],
    ]);
    const [selection] = await desk.ask<readonly SelectionRange[]>(SelectionRangeRequest.method, text, ({ textDocument, position }) => ({
      textDocument,
      positions: [position],
    }));
    const lines: number[] = [];
    for (let at = selection; at !== undefined; at = at.parent) lines.push(at.range.end.line - at.range.start.line);
    expect(lines).toEqual([0, 0, 2, 2, 4, 4, 7]);
  });
});

describe("formatting", () => {
  const options = { tabSize: 4, insertSpaces: true };
  const after = (text: string, edits: readonly TextEdit[]): string =>
    TextDocument.applyEdits(TextDocument.create("x:", "", 0, text.replace("‸", "")), [...edits]);

  it("of a range leaves the rest", async () => {
    const text = "a   b\nvrrp_instance   V {\nstate   MASTER‸\n  priority 1\n}\n";
    const edits = await desk.ask<readonly TextEdit[]>(DocumentRangeFormattingRequest.method, text, ({ textDocument, position }) => ({
      textDocument,
      range: { start: { line: 2, character: 0 }, end: position },
      options,
    }));
    expect(after(text, edits)).toBe("a   b\nvrrp_instance   V {\n    state MASTER\n  priority 1\n}\n");
  });

  it("while typing puts the line right that was left, or closed", async () => {
    const typed = async (text: string, ch: string): Promise<string> =>
      after(
        text,
        await desk.ask<readonly TextEdit[]>(DocumentOnTypeFormattingRequest.method, text, ({ textDocument, position }) => ({
          textDocument,
          position,
          ch,
          options,
        })),
      );
    expect(await typed("vrrp_instance V {\nstate   MASTER\n‸\n}\n", "\n")).toBe("vrrp_instance V {\n    state MASTER\n\n}\n");
    expect(await typed("vrrp_instance V {\n    state MASTER\n      }‸\n", "}")).toBe("vrrp_instance V {\n    state MASTER\n}\n");
  });
});

it("ends in order, and nothing was complained about", async () => {
  expect(await desk.quit()).toBe(0);
  expect(desk.log).toEqual([]);
});

describe("for a client that counts bytes, with lines that end in CR LF", () => {
  it("every place is where it stands", async () => {
    const bytes = await openDesk(
      {
        general: { positionEncodings: ["utf-8"] },
        textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } } },
        workspace: { workspaceEdit: { documentChanges: true } },
      },
      "\r\n",
    );
    const text =
      'vrrp_script 主😀é {\n    script "/bin/true"\n}\nvrrp_instance V {\n    track_script {\n        "主‸😀é" weight 2\n    }\n}\n';
    expect(await bytes.definition(text)).toEqual(["keepalived.conf:1 主😀é"]);
    expect(await bytes.highlights(text)).toEqual(["1 主😀é *", '6 "主😀é"']);
    expect(await bytes.renamed("新", text)).toEqual({ "keepalived.conf": ["vrrp_script 新 {", '"新" weight 2'] });
    expect(await bytes.taking("eth1", `vrrp_instance V {\n    interface eth1\n}\nvrrp_instance 主😀é { interface e‸th9 # 😀\n}\n`)).toBe(
      "vrrp_instance 主😀é { interface eth1 # 😀",
    );
    expect(
      await bytes.acted(
        "Start as BACKUP",
        node('    state "MASTER"\n    # 😀\n    no‸preempt\n    virtual_router_id 50\n    priority 100'),
      ),
    ).toEqual({ "keepalived.conf": ["state BACKUP"] });
    expect(await bytes.quit()).toBe(0);
    expect(bytes.log).toEqual([]);
  });
});
