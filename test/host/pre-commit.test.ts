/** .pre-commit-hooks.yaml, by pre-commit itself: in a project that has this repository's last commit as its hooks. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goodPair, splitPair } from "../cli/kalint.ts";
import { describeWith } from "./needs.ts";
import { removeFolder } from "../folders.ts";

const root = path.resolve(import.meta.dirname, "../..");
const manifest = path.join(root, ".pre-commit-hooks.yaml");

/** As kalint fmt leaves them. */
const formattedPair = Object.fromEntries(Object.entries(goodPair).map(([name, text]) => [name, text.replaceAll(/^ +\n/gmu, "")]));

describeWith(["git", "pre-commit"], "pre-commit", () => {
  let base: string;
  let project: string;
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.org", ...args], { cwd, encoding: "utf8", timeout: 60_000 });

  /** The hooks over the whole project, as `git commit` would run them. */
  const hooks = (files: Readonly<Record<string, string>>): { readonly status: number | null; readonly stdout: string } => {
    for (const name of ["db1", "db2"]) removeFolder(path.join(project, name));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
      writeFileSync(path.join(project, name), text);
    }
    git(project, "add", "--all");
    const env = { ...process.env, PRE_COMMIT_HOME: path.join(base, "home"), npm_config_prefer_offline: "true" };
    const { status, stdout } = spawnSync("pre-commit", ["run", "--all-files"], { cwd: project, encoding: "utf8", env, timeout: 580_000 });
    return { status, stdout };
  };

  beforeAll(() => {
    base = mkdtempSync(path.join(os.tmpdir(), "kalint-hooks-"));
    project = path.join(base, "project");
    mkdirSync(project);
    git(base, "clone", "--quiet", root, "hooks");
    // The hooks as they are here, in case they are not committed yet.
    cpSync(manifest, path.join(base, "hooks/.pre-commit-hooks.yaml"));
    git(path.join(base, "hooks"), "commit", "--quiet", "--allow-empty", "--all", "--message", "hooks");
    const rev = git(path.join(base, "hooks"), "rev-parse", "HEAD").trim();
    git(project, "init", "--quiet");
    const config = `repos:\n  - repo: ../hooks\n    rev: ${rev}\n    hooks:\n      - id: kalint\n      - id: kalint-fmt\n`;
    writeFileSync(path.join(project, ".pre-commit-config.yaml"), config);
    // What npm installs and builds for the hooks, once.
    hooks(formattedPair);
  }, 600_000);
  afterAll(() => removeFolder(base));

  test("takes the manifest", () => {
    const { status, stdout } = spawnSync("pre-commit", ["validate-manifest", manifest], { encoding: "utf8", timeout: 60_000 });
    expect([status, stdout]).toEqual([0, ""]);
  });

  test("passes where nothing is wrong", () => {
    const { status, stdout } = hooks(formattedPair);
    expect(stdout).toMatch(/^kalint\.+Passed\nkalint fmt\.+Passed\n$/u);
    expect(status).toBe(0);
  }, 120_000);

  test("fails where two nodes do not agree, and shows the finding", () => {
    const { status, stdout } = hooks(splitPair);
    expect(stdout).toMatch(/^kalint\.+Failed$/mu);
    expect(stdout).toContain("error[peer-vrid-mismatch]: ");
    expect(status).toBe(1);
  }, 120_000);

  test("fails where it has formatted a file, and passes with what it made of it", () => {
    const ragged = Object.fromEntries(Object.entries(formattedPair).map(([name, text]) => [name, text.replaceAll(/^ +/gmu, " ")]));
    const { status, stdout } = hooks(ragged);
    expect(stdout).toMatch(/^kalint fmt\.+Failed$/mu);
    expect(stdout).toContain("db1/keepalived.conf: formatted");
    expect(status).toBe(1);
    const formatted = Object.fromEntries(Object.keys(formattedPair).map((name) => [name, readFileSync(path.join(project, name), "utf8")]));
    expect(formatted).not.toEqual(ragged);
    expect(hooks(formatted).status).toBe(0);
  }, 240_000);
});
