/** Neovim's error list, with its own errorformat, reads what `kalint --format gcc` writes. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { folder, kalint, node, reportOf } from "../cli/kalint.ts";
import { describeWith, whereIs } from "./needs.ts";

describeWith(["nvim"], "the error list of Neovim", () => {
  it("has every finding at its place, columns in bytes", () => {
    const wide = node({ vrid: 62 }).replace("VI_1", "数据库 twice");
    const cwd = folder({ "db1/keepalived.conf": wide, "db2/keepalived.conf": node() });
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
    const second = read.find(({ text }) => text.startsWith("twice ") || text.includes("twice behind"))!;
    const line = Buffer.from(wide.split("\n")[second.line - 1]!);
    expect(line.subarray(second.column - 1).toString()).toMatch(/^twice /u);
  });
});
