/** What V8 compiled is kept for the next run: faster when it is there, the same when it is not, and never somebody else's. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeFolder } from "../folders.ts";

const root = path.resolve(import.meta.dirname, "../..");

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), "kalint-start-"));
});
afterEach(() => removeFolder(home));

const run = (environment: Record<string, string> = { XDG_CACHE_HOME: home }, args = ["fixtures/demo"]) => {
  const { PATH = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/kalint.js", ...args], {
    cwd: root,
    env: { PATH, NO_COLOR: "1", ...environment },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout, stderr };
};

const builds = () => readdirSync(path.join(home, "kalint"));
const kept = () =>
  builds().flatMap((build) => readdirSync(path.join(home, "kalint", build)).map((file) => path.join(home, "kalint", build, file)));

test("the second run takes what the first kept, and says the same", () => {
  const first = run();
  expect(first.status).toBe(1);
  expect(first.stderr).toBe("");
  const files = kept();
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect(statSync(file).mode & 0o77).toBe(0);
  const written = files.map((file) => statSync(file).mtimeMs);
  expect(run()).toEqual(first);
  expect(kept().map((file) => statSync(file).mtimeMs)).toEqual(written);
});

test("what is damaged is not used, and made anew", () => {
  const first = run();
  const file = kept().toSorted((a, b) => statSync(b).size - statSync(a).size)[0]!;
  const good = readFileSync(file);
  writeFileSync(file, good.subarray(0, 1000));
  expect(run()).toEqual(first);
  expect(statSync(file).size).toBeGreaterThan(1000);
  writeFileSync(file, "nonsense");
  expect(run()).toEqual(first);
});

test("a folder that others may write to is neither read nor written", () => {
  run();
  const folder = path.join(home, "kalint", builds()[0]!);
  for (const file of kept()) rmSync(file);
  chmodSync(folder, 0o777);
  expect(run().status).toBe(1);
  expect(kept()).toEqual([]);
});

test("without a place for it, all is as before", () => {
  const without = run({ XDG_CACHE_HOME: path.join(home, "x"), HOME: home });
  writeFileSync(path.join(home, "file"), "");
  expect(run({ XDG_CACHE_HOME: path.join(home, "file") })).toEqual(without);
  expect(run({ XDG_CACHE_HOME: "relative", HOME: path.join(home, "own") })).toEqual(without);
  expect(existsSync(path.join(home, "own/.cache/kalint"))).toBe(true);
});

test("of old builds four are kept", () => {
  for (let i = 0; i < 6; i++) {
    const old = path.join(home, "kalint", `old${i}`);
    mkdirSync(old, { recursive: true, mode: 0o700 });
    utimesSync(old, 1000 + i, 1000 + i);
  }
  run({ XDG_CACHE_HOME: home }, ["--version"]);
  expect(builds().filter((name) => name.startsWith("old"))).toEqual(["old3", "old4", "old5"]);
});
