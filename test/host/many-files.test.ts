/** A folder with 100,000 files of which one is a configuration: the cost grows with their number and no faster. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeFolder } from "../folders.ts";

const entry = path.resolve(import.meta.dirname, "../../dist/kalint.js");
const configuration = "vrrp_instance VI_1 {\n    state MASTER\n    nopreempt\n    interface eth0\n    virtual_router_id 7\n}\n";

describe("100,000 files", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "kalint-many-"));
    // Half in one folder, half in five hundred.
    for (let count = 0; count < 50_000; count++) writeFileSync(path.join(folder, `a${count}.conf`), "x = 1\n");
    for (let count = 0; count < 50_000; count++) {
      const below = path.join(folder, `d${count % 500}`);
      if (count < 500) mkdirSync(below);
      writeFileSync(path.join(below, `b${count}.sh`), "#!/bin/sh\nexit 0\n");
    }
    mkdirSync(path.join(folder, "db1"));
    writeFileSync(path.join(folder, "db1/keepalived.conf"), configuration);
  }, 120_000);
  afterAll(() => removeFolder(folder), 60_000);

  test("are walked in time, and the configuration among them is judged", () => {
    // What is quadratic takes hours; a machine that is busy takes a minute.
    const { status, stdout, stderr } = spawnSync(process.execPath, [entry, "--format", "gcc", "."], {
      cwd: folder,
      encoding: "utf8",
      timeout: 110_000,
    });
    expect(stderr).toBe("");
    expect(status).toBe(1);
    expect(stdout).toContain("db1/keepalived.conf:3:5: error: ");
  }, 120_000);
});
