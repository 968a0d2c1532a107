import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { badNode, folder, kalint, reportOf, root, splitPair } from "./kalint.ts";

const cluster = "fixtures/clusters/mysql-mha-lvs-haproxy/as-written";

describe("the JSON report", () => {
  it("has the fields of the documented shape, in their order", () => {
    const run = kalint(["--format", "json"], {
      cwd: folder({ "db1/keepalived.conf": badNode, "db2/keepalived.conf": splitPair["db2/keepalived.conf"] }),
    });
    const report = reportOf(run);
    expect(Object.keys(report)).toEqual(["version", "tool", "findings", "summary"]);
    expect(report.version).toBe(1);
    expect(Object.keys(report.tool)).toEqual(["name", "version"]);
    expect(Object.keys(report.summary)).toEqual(["files", "nodes", "clusters", "error", "warning", "info"]);
    const finding = report.findings.find(({ rule }) => rule === "nopreempt-with-master-state");
    expect(Object.keys(finding!)).toEqual(["rule", "severity", "message", "file", "nodes", "start", "end", "notes", "fixes", "docs"]);
    expect(Object.keys(finding!.start)).toEqual(["line", "column", "offset"]);
    expect(finding).toMatchObject({
      severity: "error",
      file: "db1/keepalived.conf",
      nodes: ["db1"],
      docs: "docs/rules/nopreempt-with-master-state.md",
    });
    expect(badNode.slice(finding!.start.offset, finding!.end.offset)).toBe("nopreempt");
    const before = badNode.slice(0, finding!.start.offset);
    expect(finding!.start).toMatchObject({ line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") });
    const [fix] = finding!.fixes;
    expect(Object.keys(fix!)).toEqual(["title", "safety", "edits"]);
    expect(Object.keys(fix!.edits[0]!)).toEqual(["file", "start", "end", "replacement"]);
  });

  it("counts single nodes as nodes and groups of two as clusters", () => {
    const cwd = folder({ ...splitPair, "alone/keepalived.conf": badNode.replace("10.11.12.13", "10.99.0.1").replace("61", "9") });
    expect(reportOf(kalint(["--format", "json"], { cwd })).summary).toMatchObject({ nodes: 3, clusters: 1, files: 3 });
  });

  it("is sorted by file, start, end and rule", () => {
    const { findings } = reportOf(kalint(["--format", "json", "fixtures/clusters"]));
    const keys = findings.map(({ file, start, end, rule }) => [file, start.offset, end.offset, rule] as const);
    const sorted = keys.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2] || (a[3] < b[3] ? -1 : 1)));
    expect(findings.length).toBeGreaterThan(5);
    expect(keys).toEqual(sorted);
  });

  it("is the same, byte for byte, for the same input in any order", () => {
    const one = kalint(["--format", "json", "fixtures/clusters", "fixtures/broken/crlf"]);
    expect(kalint(["--format", "json", "fixtures/clusters", "fixtures/broken/crlf"]).stdout).toBe(one.stdout);
    expect(kalint(["--format", "json", "fixtures/broken/crlf", "./fixtures/clusters/", "fixtures/clusters"]).stdout).toBe(one.stdout);
  });

  it("names files relative to the working directory, with /", () => {
    const { findings } = reportOf(kalint(["--format", "json", path.join(root, cluster)]));
    expect(findings.length).toBeGreaterThan(0);
    for (const { file } of findings) expect(file).toMatch(/^fixtures\/clusters\//u);
  });
});

describe("the pretty report", () => {
  it("shows cluster, nodes, why they are peers, the line, a caret and the other node's line", () => {
    const { stdout } = kalint(["."], { cwd: folder(splitPair) });
    expect(stdout).toContain("2 nodes: db1, db2");
    expect(stdout).toContain("peers: db1 and db2 both list 10.11.12.13");
    expect(stdout).toContain("--- between db1, db2");
    expect(stdout).toMatch(/^error\[peer-vrid-mismatch\]: /mu);
    expect(stdout).toMatch(/--> db[12]\/keepalived\.conf:7:\d+\n +7 \| {5}virtual_router_id 6[12]\n +\| +\^+\n/u);
    expect(stdout).toMatch(/= note: [^\n]*\n +--> db[12]\/keepalived\.conf:7:\d+\n +7 \| {5}virtual_router_id 6[12]\n +\| +-+\n/u);
    expect(stdout).toMatch(/\n1 error in 2 files of 2 nodes, 1 cluster\n/u);
    expect(stdout).toContain("kalint explain peer-vrid-mismatch");
  });

  it("shows what a fix would do", () => {
    const { stdout } = kalint(["."], { cwd: folder({ "keepalived.conf": badNode }) });
    expect(stdout).toMatch(/fix, changes what keepalived does: [^\n]+\n +- state MASTER\n +\+ state BACKUP\n/u);
  });

  it("says what was not checked", () => {
    const cwd = folder({
      "keepalived.conf": badNode.replace("nopreempt", 'notify_master "/opt/up.sh"'),
      "roles/keepalived.conf.j2": "vrrp_instance {{ x }} {\n}\n",
    });
    const { stdout } = kalint(["."], { cwd });
    expect(stdout).toContain("roles/keepalived.conf.j2: it is a template");
    expect(stdout).toContain("no peer was found for");
    expect(stdout).toContain("scripts that are not among the files: /opt/up.sh");
    expect(stdout).toContain("judged for keepalived");
    const { stdout: older } = kalint([".", "--keepalived-version", "2.2.8"], { cwd });
    expect(older).not.toContain("judged for keepalived");
    expect(older).not.toContain("what changed after");
    expect(kalint([".", "--keepalived-version", "22.8"], { cwd }).stdout).toMatch(
      /what changed after [\d.]+, the newest known: judged as that, not as 22\.8$/mu,
    );
  });

  it("is the same, byte for byte, for the same input", () => {
    expect(kalint(["fixtures/clusters"]).stdout).toBe(kalint(["fixtures/clusters"]).stdout);
  });
});

describe("colour", () => {
  const cwd = (): string => folder({ "keepalived.conf": badNode });
  const isColoured = (args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean =>
    kalint(args, { cwd: cwd(), env }).stdout.includes("\u001b[");

  it("is not where the output is no terminal", () => expect(isColoured([])).toBe(false));
  it("is where it is forced", () => {
    expect(isColoured([], { FORCE_COLOR: "1" })).toBe(true);
    expect(isColoured(["--color"])).toBe(true);
    expect(isColoured(["--color"], { NO_COLOR: "1" })).toBe(true);
  });
  it("is not where it is refused", () => {
    expect(isColoured(["--no-color"], { FORCE_COLOR: "1" })).toBe(false);
    expect(isColoured([], { FORCE_COLOR: "0" })).toBe(false);
  });
  it("never gets into JSON", () => expect(isColoured(["--format", "json", "--color"], { FORCE_COLOR: "1" })).toBe(false));
});

describe("hostile text", () => {
  const hostile = badNode.replace("VI_1", "VI_\u001b[31m\u0007\u202e\u009b").replace("nopreempt", "nopreempt \u001b]0;title\u0007");

  it("reaches neither report as control characters", () => {
    const cwd = folder({ "keepalived.conf": hostile, "evil\u001b[2J/keepalived.conf": hostile });
    for (const format of ["pretty", "json"]) {
      const { stdout, stderr } = kalint(["--format", format], { cwd });
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
      expect(stdout).toContain("nopreempt");
    }
    expect(reportOf(kalint(["--format", "json"], { cwd })).findings.some(({ message }) => message.includes("\u001b[31m"))).toBe(true);
  });
});

describe("secrets", () => {
  it("are in no report", () => {
    const auth = (pass: string): string => `authentication {\n auth_type PASS\n auth_pass ${pass} extra${pass}\n }`;
    const cwd = folder({
      "db1/keepalived.conf": badNode.replace("nopreempt", `nopreempt\n${auth("hunter2a")}\nauth_pas hunter2b`),
      "db2/keepalived.conf": `$SECRET=hunter2c\n${badNode.replace("MASTER", "BACKUP").replace("nopreempt", auth("$SECRET"))}`,
      "db2/check.sh": "#!/bin/sh\nmysql -uroot -phunter2d -e 'select 1' --password=hunter2e\n[ $? -eq 0 ] || exit 1\nPASS=hunter2f\n",
    });
    for (const args of [
      ["--format", "pretty"],
      ["--format", "json"],
    ]) {
      const { stdout, stderr, status } = kalint(args, { cwd });
      expect(status).toBe(1);
      expect(stdout).toContain("nopreempt-with-master-state");
      expect(stdout + stderr).not.toContain("hunter2");
    }
    expect(kalint(["doctor"], { cwd }).stdout).not.toContain("hunter2");
  });
});

describe("a full disk", () => {
  it("behind standard output is one line and status 2", ({ skip }) => {
    if (!existsSync("/dev/full")) skip("no /dev/full");
    for (const args of [["--format", "json"], ["--help"], ["rules"]]) {
      const run = spawnSync("sh", ["-c", 'exec "$0" "$@" >/dev/full', process.execPath, path.join(root, "dist/kalint.js"), ...args], {
        cwd: folder(splitPair),
        encoding: "utf8",
      });
      expect(run.stderr).toBe("kalint: standard output cannot be written (no space is left)\n");
      expect(run.status).toBe(2);
    }
  });
});

describe("a reader that leaves", () => {
  it("is no crash", async () => {
    const child = spawn(process.execPath, [path.join(root, "dist/kalint.js"), "--format", "json", "fixtures/clusters"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).toBe("");
    expect(status).toBe(1);
  });
});

describe("a pipe that does not wait", () => {
  it("gets all of it, in its order", () => {
    // What a pipe that somebody set to O_NONBLOCK does when it is full: some bytes go in, then none for now.
    const full = path.join(
      folder({
        "full.cjs": `const fs = require("node:fs");
const write = fs.writeSync;
let left = 2;
fs.writeSync = (descriptor, bytes, ...rest) => {
  if (descriptor !== 1) return write(descriptor, bytes, ...rest);
  if (left-- === 0) throw Object.assign(new Error("EAGAIN"), { code: "EAGAIN" });
  return write(descriptor, bytes.subarray(0, 100));
};`,
      }),
      "full.cjs",
    );
    const plain = kalint(["rules"]);
    const run = kalint(["rules"], { env: { NODE_OPTIONS: `--require=${full}` } });
    expect(plain.stdout.length).toBeGreaterThan(10_000);
    expect(run.stdout).toBe(plain.stdout);
    expect(run.status).toBe(0);
  });
});
