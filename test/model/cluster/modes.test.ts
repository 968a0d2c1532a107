/** Which files of a machine every account may read: bits of the file, and of the folders above it. */
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDisk } from "../../../server/host/disk.ts";
import { readableByAll } from "../../../server/model/cluster/modes.ts";
import { removeFolder } from "../../folders.ts";

let cwd = "";
const file = "root/etc/keepalived/keepalived.conf";

beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), "kalint-modes-"));
  mkdirSync(path.join(cwd, "root/etc/keepalived"), { recursive: true });
  chmodSync(path.join(cwd, "root/etc/keepalived"), 0o755);
});

afterEach(() => {
  removeFolder(cwd);
});

const write = (mode: number, name = file): void => {
  writeFileSync(path.join(cwd, name), "");
  chmodSync(path.join(cwd, name), mode);
};

const readable = (name = file) => [...readableByAll(openDisk({ cwd, allow: [] }), "root", [name])];

test("the bits of the file count", () => {
  write(0o644);
  expect(readable()).toEqual([[file, 0o644]]);
  write(0o640);
  expect(readable()).toEqual([]);
});

test("a folder that others may not enter protects what lies in it", () => {
  write(0o644);
  chmodSync(path.join(cwd, "root/etc/keepalived"), 0o750);
  expect(readable()).toEqual([]);
});

test("of a link the file it leads to counts; one that leads out says nothing", () => {
  write(0o600, "root/secret.conf");
  symlinkSync("../../secret.conf", path.join(cwd, file));
  expect(readable()).toEqual([]);
  write(0o644, "root/secret.conf");
  expect(readable()).toEqual([[file, 0o644]]);
  symlinkSync("/etc/passwd", path.join(cwd, "root/etc/keepalived/other.conf"));
  expect(readable("root/etc/keepalived/other.conf")).toEqual([]);
});
