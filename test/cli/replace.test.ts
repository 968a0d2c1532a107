/** Putting changed files on the disk: all or none, and never over what somebody else has written meanwhile. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Replacement, replaceFiles } from "../../server/host/replace.ts";
import { folder, kalint, node } from "./kalint.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const wanted = (...files: readonly string[]): readonly Replacement[] =>
  files.map((file) => ({ file, before: bytes("old\n"), after: bytes("new\n") }));

describe("replacing files", () => {
  it.each([
    ["has gone", (file: string) => rmSync(file), "it has gone while kalint read it; nothing is written"],
    ["says something else", (file: string) => writeFileSync(file, "theirs\n"), "it was changed while kalint read it; nothing is written"],
    [
      "is a folder now",
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
      "it is no regular file any more; nothing is written",
    ],
  ])("leaves all of them alone when one %s", (_, meddle, why) => {
    const cwd = folder({ "a.conf": "old\n", "b.conf": "old\n" });
    meddle(path.join(cwd, "b.conf"));
    expect(replaceFiles(cwd, wanted("a.conf", "b.conf"))).toEqual([`b.conf: ${why}`]);
    expect(readFileSync(path.join(cwd, "a.conf"), "utf8")).toBe("old\n");
    expect(readdirSync(cwd).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("replaces what a link leads to, and notices that it leads elsewhere now", () => {
    const cwd = folder({ "real/a.conf": "old\n", "other.conf": "theirs\n" });
    symlinkSync("real/a.conf", path.join(cwd, "link.conf"));
    expect(replaceFiles(cwd, wanted("link.conf"))).toEqual([]);
    expect(readFileSync(path.join(cwd, "real/a.conf"), "utf8")).toBe("new\n");
    renameSync(path.join(cwd, "other.conf"), path.join(cwd, "real/a.conf"));
    expect(replaceFiles(cwd, wanted("link.conf"))).toHaveLength(1);
    expect(readFileSync(path.join(cwd, "real/a.conf"), "utf8")).toBe("theirs\n");
  });
});

describe("--fix", () => {
  const fixable = node().replace("        eth1\n", "        eth0\n        eth1\n");

  it("edits nothing behind a link that leads out of the project", () => {
    const outside = folder({ "keepalived.conf": fixable });
    const cwd = folder({ "a/keepalived.conf": node({ priority: 90 }) });
    mkdirSync(path.join(cwd, "b"));
    symlinkSync(path.join(outside, "keepalived.conf"), path.join(cwd, "b/keepalived.conf"));
    kalint(["--fix", "."], { cwd });
    expect(readFileSync(path.join(outside, "keepalived.conf"), "utf8")).toBe(fixable);
  });

  it("keeps every byte of a file in GBK but those of the fix", () => {
    const gbk = Buffer.from([0x23, 0x20, 0xd6, 0xf7, 0xb1, 0xb8, 0x0a]);
    const cwd = folder({ "keepalived.conf": Buffer.concat([gbk, Buffer.from(fixable), gbk]) });
    kalint(["--fix"], { cwd });
    expect(readFileSync(path.join(cwd, "keepalived.conf"))).toEqual(Buffer.concat([gbk, Buffer.from(node()), gbk]));
  });
});
