import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, whereIs } from "./needs.ts";
import { removeFolder } from "../folders.ts";

const root = path.resolve(import.meta.dirname, "../..");
const server = path.join(root, "dist/server.cjs");

interface Seen {
  readonly attached: boolean;
  readonly before: readonly {
    readonly rule: string;
    readonly line: number;
    readonly severity: number;
    readonly source: string;
    readonly file: string;
  }[];
  readonly symbols: readonly string[];
  readonly title?: string;
  readonly fixed: boolean;
  readonly after: Seen["before"];
}

describeWith(["nvim"], "Neovim", () => {
  let folder: string;
  let seen: Seen;

  beforeAll(() => {
    if (!existsSync(server)) throw new Error(`${server} is missing: npm run build`);
    folder = mkdtempSync(path.join(os.tmpdir(), "kalint nvim "));
    cpSync(path.join(root, "fixtures/clusters/mysql-readwrite-fwmark/corrected"), folder, { recursive: true });
    const file = path.join(folder, "db1/etc/keepalived/keepalived.conf");
    const text = readFileSync(file, "utf8");
    if (!/state BACKUP[^]*nopreempt/u.test(text)) throw new Error("the fixture is not what this test breaks");
    // Two mistakes: the state drops nopreempt, and the VRID is not that of db2.
    writeFileSync(file, text.replace("state BACKUP", "state MASTER").replace(/virtual_router_id \d+/u, "virtual_router_id 99"));
    const output = execFileSync(
      whereIs("nvim")!,
      ["--headless", "--clean", "-n", "-c", `luafile ${path.join(import.meta.dirname, "neovim.lua")}`],
      {
        encoding: "utf8",
        timeout: 40_000,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          NODE: process.execPath,
          SERVER: server,
          ROOT: folder,
          FILE: file,
          RULE: "nopreempt-with-master-state",
          NVIM_LOG_FILE: "/dev/null",
        },
      },
    );
    seen = JSON.parse(output.slice(output.indexOf("{"))) as Seen;
  });

  afterAll(() => removeFolder(folder));

  const rulesIn = (found: Seen["before"], node: string): readonly string[] =>
    found.filter(({ file }) => file.includes(`/${node}/`)).map(({ rule }) => rule);

  it("shows what is wrong in the open file, and between the nodes", () => {
    expect(seen.attached).toBe(true);
    expect(rulesIn(seen.before, "db1")).toContain("nopreempt-with-master-state");
    expect(rulesIn(seen.before, "db1")).toContain("peer-vrid-mismatch");
    expect(new Set(seen.before.map(({ source }) => source))).toEqual(new Set(["kalint"]));
  });

  it("shows the outline", () => {
    expect(seen.symbols.filter((name) => name.startsWith("vrrp_instance "))).toHaveLength(1);
    expect(seen.symbols.filter((name) => name.startsWith("virtual_server "))).toHaveLength(2);
  });

  it("applies a quick fix", () => {
    expect(seen.title).toBe("Start as BACKUP");
    expect(seen.fixed).toBe(true);
    expect(rulesIn(seen.after, "db1")).not.toContain("nopreempt-with-master-state");
    expect(rulesIn(seen.after, "db1")).toContain("peer-vrid-mismatch");
  });
});
