/** `kalint --fix` on a full disk: every file is as it was, and nothing lies beside it. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "./needs.ts";
import { removeFolder } from "../folders.ts";

const entry = path.resolve(import.meta.dirname, "../../dist/kalint.js");

const body = (priority: number): string =>
  `vrrp_instance VI_1 {\n    state BACKUP\n    interface eth0\n    virtual_router_id 7\n    priority ${priority}\n    track_interface {\n        eth0\n        eth1\n    }\n    virtual_ipaddress {\n        10.0.0.1/24\n    }\n}\n# ${"x".repeat(6000)}\n`;

const canMount = (): string | undefined => {
  const trial = mkdtempSync(path.join(os.tmpdir(), "kalint-mount-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", trial], { timeout: 10_000 });
  if (status === 0) spawnSync("umount", [trial], { timeout: 10_000 });
  removeFolder(trial);
  return status === 0 ? undefined : "the right to mount a tmpfs";
};

describeWith(
  [],
  "on a full disk",
  () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), "kalint-full-"));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { timeout: 10_000 });
    });
    afterAll(() => {
      spawnSync("umount", [folder], { timeout: 10_000 });
      removeFolder(folder);
    });

    test("--fix changes nothing and says why", () => {
      for (const [name, priority] of [
        ["a", 100],
        ["b", 90],
      ] as const) {
        mkdirSync(path.join(folder, name));
        writeFileSync(path.join(folder, name, "keepalived.conf"), body(priority));
      }
      // Room for the first file's new text, and not for the second's.
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(path.join(folder, "ballast"), Buffer.alloc((bavail - 3) * bsize));
      const run = spawnSync(process.execPath, [entry, "--fix", "."], { cwd: folder, encoding: "utf8", timeout: 60_000 });
      expect(run.stderr).toBe("kalint: b/keepalived.conf: it cannot be written (no space is left); nothing is written\n");
      expect(run.status).toBe(2);
      for (const [name, priority] of [
        ["a", 100],
        ["b", 90],
      ] as const) {
        expect(readFileSync(path.join(folder, name, "keepalived.conf"), "utf8")).toBe(body(priority));
        expect(readdirSync(path.join(folder, name))).toEqual(["keepalived.conf"]);
      }
    });
  },
  canMount,
);
