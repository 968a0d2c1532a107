/** `--format json=FILE`: what is written where. */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openSink } from "../../server/host/sink.ts";
import { folder, kalint, splitPair } from "./kalint.ts";

describe("a report in a file", () => {
  it("is the same as on standard output, and nothing is left beside it", () => {
    const cwd = folder(splitPair);
    const shown = kalint(["--format", "json"], { cwd });
    expect(kalint(["--format", "json=report.json"], { cwd })).toEqual({ status: 1, stdout: "", stderr: "" });
    expect(readFileSync(path.join(cwd, "report.json"), "utf8")).toBe(shown.stdout);
    expect(readdirSync(cwd).toSorted()).toEqual(["db1", "db2", "report.json"]);
  });

  it("keeps the mode of a file that is there, and a link to it", () => {
    const cwd = folder({ ...splitPair, "out/real.json": "old" });
    writeFileSync(path.join(cwd, "out/real.json"), "old", { mode: 0o640 });
    const { mode } = statSync(path.join(cwd, "out/real.json"));
    symlinkSync("out/real.json", path.join(cwd, "report.json"));
    expect(kalint(["--format", "json=report.json"], { cwd }).status).toBe(1);
    expect(lstatSync(path.join(cwd, "report.json")).isSymbolicLink()).toBe(true);
    expect(readFileSync(path.join(cwd, "out/real.json"), "utf8")).toContain("peer-vrid-mismatch");
    expect(statSync(path.join(cwd, "out/real.json")).mode).toBe(mode);
  });

  it("that cannot be written is one line and status 2", () => {
    const cwd = folder(splitPair);
    mkdirSync(path.join(cwd, "taken"));
    expect(kalint(["--format", "json=no/report.json"], { cwd })).toEqual({
      status: 2,
      stdout: "",
      stderr: "kalint: no/report.json: it cannot be written (there is no such folder)\n",
    });
    expect(kalint(["--format", "json=taken"], { cwd })).toEqual({ status: 2, stdout: "", stderr: "kalint: taken: it is a folder\n" });
  });

  it("goes into a pipe or a device as what it is: a rename would put a file in its place", ({ skip }) => {
    const cwd = folder(splitPair);
    const pipe = path.join(cwd, "pipe");
    if (spawnSync("mkfifo", [pipe]).status !== 0) skip("no mkfifo");
    // Read and write, so that opening it waits for nobody.
    const through = spawnSync(
      "sh",
      ["-c", 'exec 3<>pipe; "$0" "$1" --format json=pipe; echo end >&3; sed "/^end$/q" <&3', process.execPath, entry],
      {
        cwd,
        encoding: "utf8",
      },
    );
    expect(through.stdout).toContain('"rule": "peer-vrid-mismatch"');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it("on a full device says so", ({ skip }) => {
    if (!existsSync("/dev/full") || !statSync("/dev/full").isCharacterDevice()) skip("no /dev/full");
    // As root, a mistake here would take the device away: the link stands between.
    const cwd = folder({});
    symlinkSync("/dev/full", path.join(cwd, "full"));
    expect(openSink(cwd).write("full", new Uint8Array([65]))).toBe("full: it cannot be written (no space is left)");
    expect(lstatSync(path.join(cwd, "full")).isSymbolicLink()).toBe(true);
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  });
});

const entry = path.resolve(import.meta.dirname, "../../dist/kalint.js");
