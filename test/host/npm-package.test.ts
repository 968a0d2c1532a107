/** What `npm pack` makes: small, without dependencies, and all of it works from there. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeFolder } from "../folders.ts";

const root = path.resolve(import.meta.dirname, "../..");

describe("the npm package", () => {
  let folder: string;
  let archive: string;
  let installed: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "kalint-npm-"));
    // In a copy of what it is made from: dist/ of this folder is what the other tests run.
    execFileSync("sh", ["-c", `tar cf - --exclude=./node_modules --exclude=./.git --exclude=./dist . | tar xf - -C "${folder}"`], {
      cwd: root,
      timeout: 60_000,
    });
    execFileSync("ln", ["-s", path.join(root, "node_modules"), path.join(folder, "node_modules")], { timeout: 10_000 });
    execFileSync("npm", ["pack", "--silent"], { cwd: folder, timeout: 280_000 });
    archive = path.join(
      folder,
      readdirSync(folder).find((name) => name.endsWith(".tgz"))!,
    );
    execFileSync("tar", ["xzf", archive], { cwd: folder, timeout: 30_000 });
    installed = path.join(folder, "package");
  }, 300_000);
  afterAll(() => removeFolder(folder));

  const kalint = (...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => {
    const { PATH = "" } = process.env;
    const env = { PATH, XDG_CACHE_HOME: path.join(folder, "cache"), NO_COLOR: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(installed, "dist/kalint.js"), ...args], {
      cwd: path.join(root, "fixtures/demo"),
      env,
      encoding: "utf8",
      timeout: 60_000,
    });
    return { status, stdout, stderr };
  };

  test("holds what is run and read, and nothing else", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(path.join(installed, name)).isFile(),
    );
    expect(files.map((name) => name.split(path.sep).join("/")).toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "dist/THIRD-PARTY-NOTICES.txt",
      "dist/kalint.js",
      "dist/package.json",
      "dist/packed.br",
      "man/kalint.1",
      "package.json",
    ]);
    expect(statSync(archive).size).toBeLessThan(500_000);
    expect(JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"))).not.toHaveProperty("dependencies");
  });

  test("names every package whose code it holds, with its licence", () => {
    const notices = readFileSync(path.join(installed, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of ["chevrotain", "commander", "diff", "js-yaml", "smol-toml", "vscode-languageserver"])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, "mu"));
    expect(notices).toContain("Permission is hereby granted");
    expect(notices).toContain("Apache License");
  });

  test("is what the Dockerfile makes, installs without a network and starts", () => {
    const instructions = readFileSync(path.join(root, "Dockerfile"), "utf8")
      .split("\n")
      .flatMap((line) => {
        const [, word, rest] = /^([A-Z]+) (.*)$/u.exec(line) ?? [];
        return word === undefined ? [] : [{ word, rest: rest! }];
      });
    const [first, second] = instructions
      .map(({ word }, index) => (word === "FROM" ? index : -1))
      .filter((index) => index >= 0)
      .map((index, at, starts) => instructions.slice(index, starts[at + 1]));
    // What the first stage runs is what was run above, behind `npm ci` in a folder with everything but what .dockerignore names.
    expect(first!.find(({ word }) => word === "RUN")?.rest).toMatch(/^npm ci [^&]*&& npm pack --silent$/u);
    expect(readFileSync(path.join(root, ".dockerignore"), "utf8").split("\n")).toEqual(expect.arrayContaining(["node_modules", "dist"]));
    const [, from, to] = /^--from=build (\S+) (\S+)$/u.exec(second!.find(({ word }) => word === "COPY")!.rest)!;
    expect(path.basename(archive)).toMatch(new RegExp(`^${path.basename(from!).replace("*", ".+")}$`, "u"));
    const image = path.join(folder, "image");
    mkdirSync(path.join(image, to!), { recursive: true });
    copyFileSync(archive, path.join(image, to!, path.basename(archive)));
    const run = second!.find(({ word }) => word === "RUN")!.rest.replaceAll(to!, path.join(image, to!));
    const env = {
      PATH: process.env["PATH"],
      HOME: folder,
      NO_COLOR: "1",
      npm_config_prefix: path.join(image, "usr"),
      npm_config_offline: "true",
    };
    execFileSync("sh", ["-ec", run], { env, timeout: 60_000 });
    expect(readdirSync(path.join(image, to!))).toEqual([]);
    const [program = ""] = JSON.parse(second!.find(({ word }) => word === "ENTRYPOINT")!.rest) as readonly string[];
    const { status, stdout } = spawnSync(path.join(image, "usr/bin", program), [], {
      cwd: path.join(root, "fixtures/demo"),
      env,
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(status).toBe(1);
    expect(stdout).toContain("peer-vrid-mismatch");
  });

  test("says the same with and without what an earlier run kept", () => {
    const first = kalint(".");
    expect(first.stdout).toContain("peer-vrid-mismatch");
    expect(first.stderr).toBe("");
    expect(kalint(".")).toEqual(first);
  });

  test("has the pages, the pictures, the other commands and the server in it", () => {
    expect(kalint("explain", "default-vrid").stdout).toContain("What happens");
    expect(kalint("graph", "--format", "svg", ".").stdout).toMatch(/^<svg /u);
    expect(kalint("failover", ".").stdout).not.toBe("");
    expect(kalint("--format", "sarif", ".").stdout).toContain('"2.1.0"');
    expect(kalint("--diff", "--fix-review", ".").stdout).toContain("+++ b/");
  });

  test("starts the language server", async () => {
    const initialize = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    const child = spawn(process.execPath, [path.join(installed, "dist/kalint.js"), "lsp", "--stdio"], { timeout: 60_000 });
    child.stdin.write(`Content-Length: ${initialize.length}\r\n\r\n${initialize}`);
    const [answer] = (await once(child.stdout, "data")) as [Buffer];
    child.kill();
    expect(answer.toString()).toContain("Content-Length");
  });
});
