/** Neovim's error list, with its own errorformat, reads what `kalint --format gcc` writes. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { folder, kalint, node, reportOf } from "../cli/kalint.ts";
import { describeWith, whereIs } from "./needs.ts";

describeWith(["nvim"], "the error list of Neovim", () => {
  it("has every finding at its place, columns in bytes", () => {
    const cwd = folder({ "db1/keepalived.conf": node({ vrid: 62, more: "/* 数据库 */ nopreemtp" }), "db2/keepalived.conf": node() });
    kalint(["--format", "gcc=report.gcc"], { cwd });
    const { findings } = reportOf(kalint(["--format", "json"], { cwd }));
    const list = `lua io.write(vim.json.encode(vim.tbl_map(function(e) return { vim.fn.bufname(e.bufnr), e.lnum, e.col, e.text } end, vim.fn.getqflist())))`;
    const run = spawnSync(whereIs("nvim")!, ["--headless", "-u", "NONE", "-c", "cgetfile report.gcc", "-c", list, "-c", "qa!"], {
      cwd,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: cwd, XDG_STATE_HOME: path.join(cwd, "state") },
    });
    const read = (JSON.parse(run.stdout) as [string, number, number, string][]).map(([file, line, column, text]) => ({
      file,
      line,
      column,
      text,
    }));
    expect(findings.length).toBeGreaterThan(1);
    for (const { file, start, message, rule } of findings)
      expect(read).toContainEqual(
        expect.objectContaining({ file, line: start.line, text: expect.stringContaining(`${message} [${rule}]`) as string }),
      );
    const misspelt = read.find(({ text }) => text.includes("nopreemtp"))!;
    const before = Buffer.from(node({ vrid: 62, more: "/* 数据库 */ nopreemtp" }).split("\n")[misspelt.line - 1]!).subarray(
      0,
      misspelt.column - 1,
    );
    expect(before.toString()).toMatch(/^\s*(?:\/\* 数据库 \*\/ )?$/u);
  });
});
