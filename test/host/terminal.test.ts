/**
 * On a terminal no line is longer than the terminal: nothing is broken in the middle of a word. tmux says which lines it had to
 * break; those of one word that is too long for any line (a path) and source texts are as they are.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { removeFolder } from "../folders.ts";
import { describeWith, whereIs } from "./needs.ts";

const root = path.resolve(import.meta.dirname, "../..");
const commands = "check failover upgrade graph fmt rules explain init doctor collect completion lsp".split(" ");

const lines: readonly string[] = [
  "kalint --help",
  ...commands.map((command) => `kalint ${command} --help`),
  "kalint check demo",
  "kalint failover demo",
  "kalint failover clusters/mysql-readwrite-fwmark/as-written",
  "kalint upgrade --from 1.3.5 --to 22.8 demo",
  "kalint doctor clusters",
  "kalint graph demo",
  "kalint graph --format dot=demo.dot demo",
  "kalint init --stdout",
  "kalint rules",
  "kalint explain peer-auth-mismatch",
  "kalint explain vrrp_instance",
  "kalint --distro debin12",
  "kalint --format foo",
  "kalint help nosuch",
  "kalint lsp",
  "kalint --diff --format json",
];

describeWith(["tmux"], "on a terminal", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kalint-terminal-"));
  const socket = `kalint-${process.pid}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync(whereIs("tmux")!, ["-L", socket, ...args], { encoding: "utf8", timeout: 20_000 });
  afterAll(() => {
    spawnSync(whereIs("tmux")!, ["-L", socket, "kill-server"], { timeout: 20_000 });
    removeFolder(folder);
  });
  // Not the user's own.
  writeFileSync(path.join(folder, "tmux.conf"), "");
  cpSync(path.join(root, "fixtures/demo"), path.join(folder, "demo"), { recursive: true });
  cpSync(path.join(root, "fixtures/clusters"), path.join(folder, "clusters"), { recursive: true });

  /** What stands on the screen, each line as it was printed. */
  const screen = async (columns: number): Promise<string> => {
    const script = path.join(folder, `all-${columns}.sh`);
    const kalint = `kalint() { ${process.execPath} ${root}/dist/kalint.js "$@"; }`;
    writeFileSync(
      script,
      `cd ${folder}\n${kalint}\n${lines.map((line) => `echo '$ ${line}'\n${line}\n`).join("")}echo '$ end'\nsleep 60\n`,
    );
    tmux(
      "-f",
      path.join(folder, "tmux.conf"),
      "set-option",
      "-g",
      "history-limit",
      "20000",
      ";",
      "new-session",
      "-d",
      "-s",
      `s${columns}`,
      "-x",
      `${columns}`,
      "-y",
      "50",
      `sh ${script}`,
    );
    for (let tries = 0; tries < 200; tries++) {
      await wait(300);
      const text = tmux("capture-pane", "-p", "-J", "-S", "-", "-t", `s${columns}`);
      if (text.includes("\n$ end")) return text;
    }
    throw new Error("the commands did not end");
  };

  test.each([80, 120])("of %i columns no line is longer", { timeout: 90_000 }, async (columns) => {
    const text = await screen(columns);
    expect(text.split("\n").filter((line) => line.startsWith("$ ")).length).toBe(lines.length + 1);
    expect(text).toContain("kalint: a picture is for a file: kalint graph --format svg=cluster.svg;");
    let command = "";
    const long = text.split("\n").flatMap((each) => {
      const line = each.trimEnd();
      if (line.startsWith("$ ")) command = line;
      // A word that fits on no line; statements of TOML, which have to stand on one.
      const isWhole =
        line
          .trim()
          .split(" ")
          .some((word) => word.length > columns - 12) || /^#? ?\w+ = /u.test(line);
      return line.length > columns && !isWhole ? [`${command}: ${line}`] : [];
    });
    expect(long).toEqual([]);
  });
});
