import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { breaches, scan } from "./layers.ts";

const root = path.resolve(import.meta.dirname, "..");

const productSources = (): ReadonlyMap<string, string> =>
  new Map(
    ["grammar", "server", "client", "playground"]
      .filter((folder) => existsSync(path.join(root, folder)))
      .flatMap((folder) =>
        readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
          path.posix.join(folder, file.replaceAll(path.sep, "/")),
        ),
      )
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [file, readFileSync(path.join(root, file), "utf8")]),
  );

describe("the product", () => {
  const sources = productSources();

  it("imports only in the directions of the table", () => {
    expect(sources.size).toBeGreaterThan(0);
    expect(breaches(sources)).toEqual([]);
  });

  it("is scanned to the last import", () => {
    const missed = [...sources].flatMap(([file, source]) => {
      const seen = scan(source).imports;
      const atLineStart = source.matchAll(/^(?:import|export|\}) (?:[^"\n]* from )?"(?<specifier>[^"\n]+)";$/gmu);
      return [...atLineStart]
        .map(({ groups }) => `${file}: ${groups?.["specifier"]}`)
        .filter((each) => !seen.includes(each.slice(file.length + 2)));
    });
    expect(missed).toEqual([]);
  });
});

describe("the table", () => {
  const breachOf = (file: string, source: string): string[] => breaches(new Map([[file, source]]));

  const wrong: readonly [file: string, source: string, because: string][] = [
    ["grammar/keepalived/parse.ts", `import { node } from "../../server/model/node/node.ts";`, "grammar may not import from there"],
    ["grammar/keepalived/parse.ts", `import type { Node } from "../../server/model/node/node.ts";`, "grammar may not import from there"],
    ["grammar/text.ts", `import { readFileSync } from "node:fs";`, "this module of Node"],
    ["grammar/text.ts", `import fs from "fs";`, "this module of Node"],
    ["grammar/text.ts", `import toml from "smol-toml";`, "this package"],
    ["grammar/text.ts", `export * from "../test/layers.ts";`, "grammar may not import from there"],
    ["server/model/node/node.ts", `export { run } from "../../failover/run.ts";`, "server/model may not import from there"],
    ["server/failover/run.ts", `import { defineRule } from "../analysis/rule.ts";`, "server/failover may not import from there"],
    ["server/analysis/run.ts", `import { rules } from "../rules/index.ts";`, "server/analysis may not import from there"],
    ["server/analysis/run.ts", `import { disk } from "../host/disk.ts";`, "server/analysis may not import from there"],
    ["server/rules/vrrp/a.ts", `import b from "./b.ts";`, "a rule imports no other rule"],
    ["server/rules/vrrp/a.ts", `import b from "../lvs/b.ts";`, "a rule imports no other rule"],
    ["server/features/hover.ts", `import { rules } from "../rules/index.ts";`, "server/features may not import from there"],
    ["server/features/hover.ts", `import { Hover } from "vscode-languageserver";`, "this package"],
    ["server/workspace.ts", `import { rules } from "./rules/index.ts";`, "server/workspace.ts may not import from there"],
    ["server/reporters/json.ts", `import { write } from "../cli/terminal.ts";`, "server/reporters may not import from there"],
    ["server/reporters/json.ts", `console.log("x");`, "uses console.log"],
    ["server/host/disk.ts", `import { build } from "../model/node/build.ts";`, "server/host may not import from there"],
    ["server/host/disk.ts", `const cwd = process.cwd();`, "uses process.cwd"],
    ["server/cli/main.ts", `import { createConnection } from "vscode-languageserver/node";`, "this package"],
    ["server/cli/main.ts", `const { readFile } = await import("node:fs/promises");`, "this module of Node"],
    ["server/cli/main.ts", `import { execFileSync } from "node:child_process";`, "this module of Node"],
    ["server/cli/main.ts", `await import(name);`, "this package"],
    ["server/cli/main.ts", `import { hover } from "../lsp/hover.ts";`, "server/cli may not import from there"],
    ["server/lsp/main.ts", `import { parse } from "../cli/arguments/read.ts";`, "server/lsp may not import from there"],
    ["server/lsp/main.ts", `import "../../fixtures/broken/a.ts";`, "server/lsp may not import from there"],
    ["client/extension.ts", `import { hover } from "../server/features/hover.ts";`, "client may not import from there"],
    ["client/extension.ts", `const fs = require("fs");`, "this module of Node"],
    [
      "playground/analysis/main.ts",
      `import { openDisk } from "../../server/host/disk.ts";`,
      "playground/analysis may not import from there",
    ],
    ["playground/page/main.ts", `import { rules } from "../../server/rules/index.ts";`, "playground may not import from there"],
    ["playground/share.ts", `import { deflateSync } from "node:zlib";`, "this module of Node"],
    ["server/drawer/utils.ts", ``, "belongs to no layer"],
    // Not hidden by what stands around it.
    ["grammar/text.ts", `const quote = /["'\`]/u; import x from "commander";`, "this package"],
    ["grammar/text.ts", "const t = `import`; /* \" */ import {\n  a,\n  type B,\n} from 'commander';", "this package"],
  ];
  it.each(wrong)("refuses in %s: %s", (file, source, because) => {
    expect(breachOf(file, source)).toEqual([expect.stringContaining(because)]);
  });

  const right: readonly [file: string, source: string][] = [
    ["grammar/keepalived/tokens.ts", `import { Lexer } from "chevrotain";\nimport type { Span } from "../text.ts";`],
    ["server/model/node/node.ts", `for (const process of track.processes) read(process.name, track.process.argv);`],
    ["server/analysis/config.ts", `import type { Node } from "../model/node/node.ts";\nimport { parse } from "smol-toml";`],
    ["server/rules/index.ts", `import a from "./vrrp/a.ts";`],
    ["server/host/disk.ts", `import { readFileSync } from "node:fs";`],
    ["server/cli/main.ts", `process.exitCode = await import("../lsp/main.ts");`],
    ["server/lsp/main.ts", `import { createConnection } from "vscode-languageserver/node";`],
    ["client/extension.ts", `import * as vscode from "vscode";`],
    // Mentioned, not imported.
    ["grammar/text.ts", `// import x from "node:fs"; process.exit() console.log\nconst s = 'import x from "node:fs"';`],
    ["grammar/text.ts", 'const s = `import x from "node:fs"; console.log`;'],
  ];
  it.each(right)("allows in %s: %s", (file, source) => {
    expect(breachOf(file, source)).toEqual([]);
  });
});
