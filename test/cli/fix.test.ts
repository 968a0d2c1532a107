/** `kalint --fix`, `--fix-review`, `--diff`, `--add-ignore`: what is written, what is left, what is said. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { folder, kalint, node, reportOf } from "./kalint.ts";

/** An interface that the daemon watches anyway (safe), and a nopreempt that it clears (review). */
const fixable = node({ state: "MASTER", more: "nopreempt" }).replace("        eth1\n", "        eth0\n        eth1\n");
const safelyFixed = node({ state: "MASTER", more: "nopreempt" });
const whollyFixed = node({ state: "BACKUP", more: "nopreempt" });

const text = (cwd: string, file = "keepalived.conf"): string => readFileSync(path.join(cwd, file), "utf8");

describe("--fix", () => {
  it("applies what is safe, reports what is left, and says what needs --fix-review", () => {
    const cwd = folder({ "keepalived.conf": fixable });
    const run = kalint(["--fix"], { cwd });
    expect(text(cwd)).toBe(safelyFixed);
    expect(run.status).toBe(1);
    expect(run.stdout).toContain("nopreempt-with-master-state");
    expect(run.stdout).not.toContain("self-track-interface");
    expect(run.stdout).toContain("1 fix in 1 file; 1 more with --fix-review\n");
    expect(kalint(["--fix"], { cwd }).stdout).toContain("nothing fixed; 1 more with --fix-review\n");
  });

  it("says without it how much it would do", () => {
    expect(kalint([], { cwd: folder({ "keepalived.conf": fixable }) }).stdout).toContain(
      "--fix fixes 1, then --fix-review 1 more; --diff shows how\n",
    );
  });

  it("says of many files how many fixes there are at most", () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`n${at}/keepalived.conf`, fixable.replace("10.11.12.13", `10.0.0.${at}`)]),
    );
    expect(kalint([], { cwd: folder(many) }).stdout).toMatch(
      /\n--fix fixes up to \d+, then --fix-review up to \d+ more; --diff shows how\n/u,
    );
  });

  it("ends with 0 when nothing is left", () => {
    const cwd = folder({ "keepalived.conf": fixable.replace("nopreempt", "") });
    expect(kalint(["--fix", "--fail-on", "info"], { cwd }).status).toBe(0);
  });

  it("leaves a report for programs alone and says on standard error what it did", () => {
    const cwd = folder({ "keepalived.conf": fixable });
    const run = kalint(["--fix", "--format", "json"], { cwd });
    expect(reportOf(run).findings.map(({ rule }) => rule)).toContain("nopreempt-with-master-state");
    expect(run.stderr).toBe("kalint: 1 fix in 1 file; 1 more with --fix-review\n");
  });

  it("edits what was asked for and not its peers", () => {
    const cwd = folder({ "db1/keepalived.conf": fixable, "db2/keepalived.conf": fixable.replace("priority 100", "priority 90") });
    kalint(["--fix", "db1"], { cwd });
    expect(text(cwd, "db1/keepalived.conf")).toBe(safelyFixed);
    expect(text(cwd, "db2/keepalived.conf")).toContain("        eth0\n        eth1\n");
  });

  it("keeps line ends, a byte order mark, a missing last line end, foreign bytes, the mode and a link", () => {
    const foreign = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
    const around = (body: string): Buffer =>
      Buffer.concat([Buffer.from("\ufeff# "), foreign, Buffer.from(`\r\n${body.trimEnd().replaceAll("\n", "\r\n")}`)]);
    const cwd = folder({ "real/keepalived.conf": around(fixable) });
    chmodSync(path.join(cwd, "real/keepalived.conf"), 0o640);
    symlinkSync("real/keepalived.conf", path.join(cwd, "keepalived-link.conf"));
    kalint(["--fix", "--rule", "crlf-line-endings=off", "keepalived-link.conf"], { cwd });
    expect(readFileSync(path.join(cwd, "real/keepalived.conf"))).toEqual(around(safelyFixed));
    expect(statSync(path.join(cwd, "real/keepalived.conf")).mode & 0o777).toBe(0o640);
    expect(lstatSync(path.join(cwd, "keepalived-link.conf")).isSymbolicLink()).toBe(true);
    expect(readdirSync(path.join(cwd, "real"))).toEqual(["keepalived.conf"]);
  });

  it("ends new lines as the file does", () => {
    const cwd = folder({
      "keepalived.conf":
        "virtual_server 10.0.0.1 80 {\r\n    lb_kind DR\r\n    protocol TCP\r\n    real_server 10.0.0.2 80 {\r\n    }\r\n}\r\n",
    });
    kalint(["--fix", "--rule", "crlf-line-endings=off"], { cwd });
    expect(text(cwd)).toContain("    lb_algo wlc\r\n");
    expect(text(cwd)).not.toMatch(/[^\r]\n/u);
  });

  it("writes the fixed text of standard input to standard output", () => {
    const run = kalint(["--fix", "-"], { input: fixable });
    expect(run).toMatchObject({ status: 1, stdout: safelyFixed, stderr: "kalint: 1 fix in 1 file; 1 more with --fix-review\n" });
    const cwd = folder({ "db1/keepalived.conf": fixable });
    expect(kalint(["--fix", "--stdin-filename", "db1/keepalived.conf", "-"], { cwd, input: fixable }).stdout).toBe(safelyFixed);
    expect(text(cwd, "db1/keepalived.conf")).toBe(fixable);
    expect(kalint(["--fix", "-"], { input: safelyFixed }).stdout).toBe(safelyFixed);
  });

  it("leaves what is in the baseline as it is", () => {
    const cwd = folder({ "keepalived.conf": fixable });
    kalint(["--baseline", "b.json", "--update-baseline"], { cwd });
    expect(kalint(["--baseline", "b.json", "--fix-review"], { cwd }).status).toBe(0);
    expect(text(cwd)).toBe(fixable);
  });
});

describe("--fix-review", () => {
  it("applies the others as well, round after round", () => {
    const cwd = folder({ "keepalived.conf": fixable });
    const run = kalint(["--fix-review"], { cwd });
    expect(text(cwd)).toBe(whollyFixed);
    expect(run.stdout).toContain("2 fixes in 1 file\n");
    expect(run.status).toBe(0);
  });

  it("leaves out a fix behind which another error waits, and says of which rule", () => {
    const owner = node({ state: "MASTER", more: "nopreempt" }).replace("priority 100", "priority 255");
    const cwd = folder({ "keepalived.conf": owner });
    const leftOut = "1 fix left out, of nopreempt-with-master-state: it would make a new error, nopreempt-with-priority-255\n";
    expect(kalint([], { cwd }).stdout).toContain(`of 1 node\n${leftOut}`);
    const run = kalint(["--fix-review"], { cwd });
    expect(run.stdout).toContain(`nothing fixed; ${leftOut}`);
    expect(run.stdout).toMatch(
      / \+ state BACKUP\n += note: --fix-review leaves it out, it would make a new error, nopreempt-with-priority-255: nopreempt in VI_1 /u,
    );
    expect(text(cwd)).toContain("state MASTER\n");
    expect(kalint(["--fix"], { cwd }).stdout).toContain("nothing fixed\n");
    expect(kalint([], { cwd }).stdout).not.toContain("--fix-review fixes");
  });

  it("changes two nodes together or not at all", () => {
    const locked = (password: string): string =>
      node({ more: `authentication {\n        auth_type PASS\n        auth_pass ${password}\n    }` });
    const cwd = folder({
      "a/keepalived.conf": locked("secret7890123"),
      "b/keepalived.conf": locked("secret7890123").replace("priority 100", "priority 90"),
    });
    kalint(["--fix-review"], { cwd });
    const passwords = ["a", "b"].map((name) => /auth_pass (\S+)/u.exec(text(cwd, `${name}/keepalived.conf`))?.[1]);
    expect(passwords).toEqual(["secret78", "secret78"]);
  });
});

describe("--diff", () => {
  it("names a file outside the working folder so that it applies from the root, however it was given", () => {
    const cwd = folder({ "db1/keepalived.conf": fixable, "here/notes.txt": "" });
    const file = path.join(cwd, "db1/keepalived.conf");
    for (const given of ["../db1", path.join(cwd, "db1")]) {
      const { stdout } = kalint(["--diff", given], { cwd: path.join(cwd, "here") });
      expect(stdout).toContain(`--- a${file}\n+++ b${file}\n`);
      const applied = spawnSync("git", ["apply", "--check", "--unsafe-paths", "--directory=/", "-"], {
        cwd,
        input: stdout,
        encoding: "utf8",
        timeout: 20_000,
      });
      expect(applied).toMatchObject({ status: 0, stderr: "" });
    }
  });

  it("prints what would change, in a form that patch takes, and writes nothing", () => {
    const cwd = folder({ "db1/keepalived.conf": fixable });
    const run = kalint(["--diff"], { cwd });
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/^--- a\/db1\/keepalived\.conf\n\+\+\+ b\/db1\/keepalived\.conf\n@@ -\d+,7 \+\d+,6 @@\n/u);
    expect(run.stdout.split("\n").filter((line) => /^[+-] /u.test(line))).toEqual(["-        eth0"]);
    expect(run.stderr).toBe("kalint: 1 fix in 1 file; 1 more with --fix-review; nothing is written\n");
    expect(text(cwd, "db1/keepalived.conf")).toBe(fixable);
    const review = kalint(["--diff", "--fix-review"], { cwd }).stdout;
    expect(review).toContain("-    state MASTER\n+    state BACKUP\n");
  });

  it("ends with 0 when nothing would change", () => {
    const run = kalint(["--diff"], { cwd: folder({ "keepalived.conf": safelyFixed }) });
    expect(run).toMatchObject({ status: 0, stdout: "" });
  });

  it("shows no password, and still applies where only its neighbours change", () => {
    const secret = "    authentication {\n        auth_type PASS\n        auth_pass gEhe1m\n    }\n";
    const before = fixable.replace("    track_interface", `${secret}    track_interface`);
    const cwd = folder({ "keepalived.conf": before });
    const { stdout } = kalint(["--diff"], { cwd });
    expect(stdout).not.toContain("gEhe1m");
    const applied = spawnSync("git", ["apply", "--unsafe-paths", "-"], { cwd, input: stdout, encoding: "utf8", timeout: 20_000 });
    if (applied.error === undefined) expect(text(cwd)).toBe(before.replace("        eth0\n", ""));
    const long = kalint(["--diff", "--fix-review"], { cwd: folder({ "keepalived.conf": before.replace("gEhe1m", "gEhe1m7890") }) }).stdout;
    expect(long).toContain("-        auth_pass ••••\n+        auth_pass ••••\n");
    expect(long).not.toContain("gEhe1m");
  });

  it("stands alone", () => {
    expect(kalint(["--diff", "--format", "json"]).stderr).toBe(
      "kalint: --diff prints a diff and nothing else; leave out --format and --update-baseline\n",
    );
  });
});

describe("--add-ignore", () => {
  it("writes a comment with a reason for what would fail, and then nothing does", () => {
    const cwd = folder({ "keepalived.conf": fixable });
    const run = kalint(["--add-ignore", "--reason", "the lab"], { cwd });
    expect(run.stdout).toContain("1 comment added in 1 file; none for 1 finding below --fail-on warning\n");
    expect(run.status).toBe(0);
    expect(text(cwd)).toContain("    # kalint-ignore nopreempt-with-master-state: the lab\n    nopreempt\n");
    expect(text(cwd).replace(/ *# kalint-ignore.*\n/u, "")).toBe(fixable);
    expect(kalint([], { cwd }).status).toBe(0);
    expect(kalint(["--add-ignore"], { cwd }).stdout).toContain("no comments to add\n");
  });

  it("gives TODO as the reason when none is told, and counts milder findings with --fail-on", () => {
    const cwd = folder({ "keepalived.conf": fixable });
    kalint(["--add-ignore", "--fail-on", "info"], { cwd });
    expect(text(cwd)).toContain("        # kalint-ignore self-track-interface: TODO\n        eth0\n");
    expect(kalint(["--add-ignore", "--reason", ""], { cwd }).status).toBe(2);
    expect(kalint(["--reason", "x"], { cwd }).stderr).toBe("kalint: --reason goes with --add-ignore\n");
  });

  it("agrees for the whole file where no comment can stand above the line", () => {
    const script = "#!/bin/sh\r\nexit 0\r\n";
    const cwd = folder({
      "keepalived.conf": node({ more: "track_script {\n        chk\n    }" }).replace(
        "vrrp_instance",
        'vrrp_script chk {\n    script "/etc/keepalived/chk.sh"\n    interval 2\n    rise 2\n    fall 2\n    user root\n}\nvrrp_instance',
      ),
      "chk.sh": script,
    });
    chmodSync(path.join(cwd, "chk.sh"), 0o755);
    const before = reportOf(kalint(["--format", "json"], { cwd })).findings.filter(({ file }) => file === "chk.sh");
    expect(before.map(({ rule }) => rule)).toContain("script-crlf");
    kalint(["--add-ignore"], { cwd });
    expect(text(cwd, "chk.sh")).toMatch(/^#!\/bin\/sh\r\n# kalint-ignore-file [^\n]*script-crlf[^\n]*: TODO\r\n/u);
    expect(reportOf(kalint(["--format", "json"], { cwd })).findings.filter(({ file }) => file === "chk.sh")).toEqual([]);
  });

  it("comes after --fix, for what is left", () => {
    const cwd = folder({ "keepalived.conf": fixable });
    const run = kalint(["--fix", "--add-ignore"], { cwd });
    expect(run.stdout).toContain("1 fix in 1 file; 1 more with --fix-review; 1 comment added in 1 file\n");
    expect(text(cwd)).toContain("kalint-ignore nopreempt-with-master-state: TODO");
    expect(text(cwd)).not.toContain("        eth0\n");
  });
});

describe("a file that cannot be written", () => {
  it("is left as it is, and so are all others", () => {
    const cwd = folder({ "a/keepalived.conf": fixable, "b/keepalived.conf": fixable.replace("priority 100", "priority 90") });
    chmodSync(path.join(cwd, "b/keepalived.conf"), 0o444);
    chmodSync(cwd, 0o777);
    // Root may write everything.
    if (process.getuid?.() === 0) for (const name of ["a", "b"]) chmodSync(path.join(cwd, name), 0o777);
    if (process.getuid?.() === 0) chmodSync(path.join(cwd, "a/keepalived.conf"), 0o666);
    const run = kalint(["--fix"], { cwd, ...(process.getuid?.() === 0 ? { uid: 65534 } : {}) });
    expect(run.stderr).toContain("b/keepalived.conf: it cannot be written (permission denied); nothing is written\n");
    expect(run.status).toBe(2);
    expect(text(cwd, "a/keepalived.conf")).toBe(fixable);
    expect(readdirSync(path.join(cwd, "a"))).toEqual(["keepalived.conf"]);
    expect(existsSync(path.join(cwd, "b/keepalived.conf"))).toBe(true);
  });
});
