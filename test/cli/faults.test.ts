/** What goes wrong around kalint: it ends in time, says so in one line, and nothing of the user's is lost. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openDisk } from "../../server/host/disk.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import { badNode, folder, goodPair, kalint, node, reportOf, root, splitPair } from "./kalint.ts";

const entry = path.join(root, "dist/kalint.js");
const text = (cwd: string, name: string): string => readFileSync(path.join(cwd, name), "utf8");
const refused = (line: string): object => ({ status: 2, stdout: "", stderr: `kalint: ${line}\n` });

describe("pipes and devices", () => {
  const withPipe = (files: Readonly<Record<string, string>>): string | undefined => {
    const cwd = folder(files);
    return spawnSync("mkfifo", [path.join(cwd, "pipe")], { timeout: 10_000 }).status === 0 ? cwd : undefined;
  };

  it("are not opened when they are given", ({ skip }) => {
    const cwd = withPipe({}) ?? skip("no mkfifo");
    expect(kalint(["pipe"], { cwd })).toEqual(refused("pipe: it is neither a file nor a folder"));
  });

  it("are not opened when a configuration includes or runs them", ({ skip }) => {
    const more = "notify /dev/zero\n    notify_master /etc/keepalived/pipe";
    const configuration = `${node({ more })}include pipe\ninclude /dev/zero\nvrrp_script check {\n    script "./pipe"\n}\n`;
    const cwd = withPipe({ "keepalived.conf": configuration }) ?? skip("no mkfifo");
    const run = kalint(["--format", "json"], { cwd });
    expect(run.stderr).toBe("");
    expect(reportOf(run).findings.map(({ rule }) => rule)).toContain("include-not-found");
  });

  it("are no configurations, whatever their name", ({ skip }) => {
    const cwd = withPipe(goodPair) ?? skip("no mkfifo");
    mkdirSync(path.join(cwd, "db3"));
    spawnSync("mkfifo", [path.join(cwd, "db3/keepalived.conf")], { timeout: 10_000 });
    expect(reportOf(kalint(["--format", "json"], { cwd })).summary).toMatchObject({ nodes: 2, files: 2 });
  });
});

describe("names that are not what they look like", () => {
  it("a folder called keepalived.conf holds files, and without any it is an empty one", () => {
    const cwd = folder({ "keepalived.conf/db1.conf": badNode });
    expect(reportOf(kalint(["--format", "json"], { cwd })).findings.map(({ file }) => file)).toContain("keepalived.conf/db1.conf");
    mkdirSync(path.join(cwd, "empty/keepalived.conf"), { recursive: true });
    expect(kalint(["empty"], { cwd })).toEqual(refused("no keepalived configuration in empty"));
  });

  it("links in a circle end", () => {
    const cwd = folder(splitPair);
    symlinkSync("b", path.join(cwd, "a"));
    symlinkSync("a", path.join(cwd, "b"));
    symlinkSync("..", path.join(cwd, "db1/up"));
    symlinkSync("keepalived.conf", path.join(cwd, "keepalived.conf"));
    expect(reportOf(kalint(["--format", "json"], { cwd })).summary).toMatchObject({ nodes: 2, files: 2 });
    expect(kalint(["keepalived.conf"], { cwd })).toEqual(refused("keepalived.conf: it is neither a file nor a folder"));
  });

  it("a path longer than the system takes at once is shown whole", () => {
    const cwd = folder({});
    let deep = cwd;
    for (let level = 0; level < 14; level++) mkdirSync((deep = path.join(deep, "d".repeat(200))));
    writeFileSync(path.join(deep, "keepalived.conf"), badNode);
    const [finding] = reportOf(kalint(["--format", "json"], { cwd })).findings;
    expect(finding?.file).toBe(path.relative(cwd, path.join(deep, "keepalived.conf")));
  });

  it("UTF-16 is left out, and left as it is", () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(badNode, "utf16le")]);
    const cwd = folder({ "keepalived.conf": utf16 });
    expect(kalint(["--fix-review"], { cwd })).toEqual(
      refused("no keepalived configuration in the working directory; left out: keepalived.conf, it is in UTF-16"),
    );
    expect(readFileSync(path.join(cwd, "keepalived.conf"))).toEqual(utf16);
  });
});

describe("a file that goes while kalint runs", () => {
  it("is left out and named, and the others are judged", () => {
    const cwd = folder(splitPair);
    const disk = openDisk({ cwd, allow: [] });
    // What a folder holds is asked before its files are read.
    for (const name of ["", "db1", "db2"]) disk.list(name);
    rmSync(path.join(cwd, "db2/keepalived.conf"));
    const project = readProject({ files: disk, paths: [""] });
    expect(project.skipped).toEqual([{ file: "db2/keepalived.conf", reason: "there is no such file" }]);
    expect(project.files).toEqual(["db1/keepalived.conf"]);
  });
});

describe("a kalint.toml of another version", () => {
  it.each([
    ["a key", "key-of-tomorrow = 1", 'kalint.toml:1: there is no key "key-of-tomorrow"'],
    ["a table", "[table-of-tomorrow]\nx = 1", 'kalint.toml:1: there is no key "table-of-tomorrow"'],
    ["a rule", '[rules]\nrule-of-tomorrow = "error"', 'kalint.toml:2: there is no rule "rule-of-tomorrow"'],
    ["a severity", '[rules]\nequal-priority = "fatal"', 'kalint.toml:2: "fatal" is not a severity'],
  ])("costs one line where it has %s", (_, settings, line) => {
    const run = kalint(["."], { cwd: folder({ ...goodPair, "kalint.toml": `${settings}\n` }) });
    expect(run.stderr.startsWith(`kalint: ${line}`)).toBe(true);
    expect(run.stderr.trimEnd()).not.toContain("\n");
    expect([run.status, run.stdout]).toEqual([2, ""]);
  });

  it("may name a keepalived that did not exist yet", () => {
    expect(kalint(["."], { cwd: folder({ ...goodPair, "kalint.toml": 'keepalived-version = "9.9.9"\n' }) }).status).toBe(0);
  });
});

describe("a reader that leaves after a line", () => {
  const formats = ["pretty", "json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "junit", "rdjson", "gcc"];
  it.each(formats)("costs nothing but the rest: %s", (format) => {
    // More than a pipe holds.
    const pairs = Array.from({ length: 16 }, (_, pair): readonly [string, string][] =>
      [1, 2].map((side) => [
        `c${pair}/db${side}/keepalived.conf`,
        node({ vrid: side, priority: 100 + side, more: "nopreempt", state: "MASTER" }).replace("10.11.12.13", `10.11.${pair}.13`),
      ]),
    );
    const cwd = folder(Object.fromEntries(pairs.flat()));
    const command = '{ "$0" "$1" --format "$2" 2>errors; echo $? >status; } | head -n 1';
    const { stdout } = spawnSync("sh", ["-c", command, process.execPath, entry, format], { cwd, encoding: "utf8", timeout: 60_000 });
    expect(stdout.split("\n")).toHaveLength(2);
    expect([text(cwd, "status"), text(cwd, "errors")]).toEqual(["1\n", ""]);
  });
});

describe("a report", () => {
  const files = { ...splitPair, "db1/check.sh": "#!/bin/sh\nexit 0\n" };

  it("does not take the place of a file that is judged, by whatever name", () => {
    const cwd = folder(files);
    symlinkSync("db1/keepalived.conf", path.join(cwd, "report.json"));
    for (const name of ["db1/keepalived.conf", "./db2/../db1/keepalived.conf", "report.json"])
      for (const args of [
        ["--format", `json=${name}`],
        ["--baseline", name, "--update-baseline"],
        ["graph", "--format", `svg=${name}`],
      ])
        expect(kalint(args, { cwd })).toEqual(
          expect.objectContaining(refused(`${name}: it is one of the files that are judged; nothing is written over it`)),
        );
    expect(text(cwd, "db1/keepalived.conf")).toBe(files["db1/keepalived.conf"]);
  });

  it("takes the place of one that an earlier run wrote", () => {
    const cwd = folder(files);
    for (let run = 0; run < 2; run++) expect(kalint(["--format", "sarif=report.sarif"], { cwd }).status).toBe(1);
    expect(existsSync(path.join(cwd, "report.sarif"))).toBe(true);
  });
});

describe("an interruption", () => {
  const fixable = node().replace("        eth1\n", "        eth0\n        eth1\n");

  it.each(["SIGINT", "SIGTERM"] as const)("while files are written waits until all are (%s)", async (signal) => {
    const names = Array.from({ length: 150 }, (_, count) => `n${count}.conf`);
    const cwd = folder(Object.fromEntries(names.map((name) => [name, fixable])));
    const child = spawn(process.execPath, [entry, "--fix", "--format", "json=report", "."], { cwd, stdio: "ignore", timeout: 60_000 });
    const ended = new Promise<number | null>((resolve) => void child.on("exit", resolve));
    const isTemporary = (name: string): boolean => /^\.n\d+\.conf\./u.test(name);
    const started = performance.now();
    while (!readdirSync(cwd).some(isTemporary)) {
      if (child.exitCode !== null || performance.now() - started > 50_000) break;
      // oxlint-disable-next-line no-await-in-loop -- until the first file is being written
      await new Promise((resolve) => void setImmediate(resolve));
    }
    child.kill(signal);
    expect([0, 1, signal === "SIGINT" ? 130 : 143]).toContain(await ended);
    expect(readdirSync(cwd).filter(isTemporary)).toEqual([]);
    expect(new Set(names.map((name) => text(cwd, name)))).toEqual(new Set([node()]));
  });
});
