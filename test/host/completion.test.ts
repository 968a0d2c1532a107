/** `kalint completion bash`, completed by bash itself. */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { kalint, root } from "../cli/kalint.ts";

const complete = (...words: readonly string[]): readonly string[] => {
  const script = `eval "$(cat)"
COMP_WORDS=("$@")
COMP_CWORD=$(( $# - 1 ))
COMPREPLY=()
_kalint
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = kalint(["completion", "bash"]);
  const run = spawnSync("bash", ["-uc", script, "bash", "kalint", ...words], { input: stdout, encoding: "utf8", cwd: root });
  expect(run.stderr).toBe("");
  return run.stdout.split("\n").filter((line) => line !== "");
};

describe("completion in bash", () => {
  test("of commands", () => {
    expect(complete("fa")).toEqual(["failover"]);
    expect(complete("f")).toEqual(["failover", "fmt"]);
  });

  test("of options, with and without the command", () => {
    expect(complete("--fail")).toEqual(["--fail-on"]);
    expect(complete("fmt", "--ch")).toEqual(["--check"]);
    expect(complete("failover", "--s")).toEqual(["--scenario"]);
  });

  test("of values", () => {
    expect(complete("check", "--fail-on", "")).toEqual(["error", "warning", "info", "never"]);
    expect(complete("--distro", "debian1")).toEqual(["debian11", "debian12", "debian13"]);
    expect(complete("completion", "z")).toEqual(["zsh"]);
  });

  test("of rules", () => {
    // kalint itself need not be on the path: then there is nothing to offer.
    expect(complete("explain", "peer-vrid")).toEqual([]);
  });

  test("leaves files to the shell", () => {
    expect(complete("check", "--config", "pack")).toEqual([]);
    expect(complete("fixtures/d")).toEqual([]);
  });
});
