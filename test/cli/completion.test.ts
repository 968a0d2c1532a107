import { expect, test } from "vitest";
import { kalint } from "./kalint.ts";

test("kalint completion names what there is, and every shell has every command", () => {
  expect(kalint(["completion"])).toMatchObject({ status: 2, stderr: "kalint: for which shell? kalint completion bash, zsh, fish\n" });
  expect(kalint(["completion", "tcsh"]).stderr).toBe('kalint: there is no shell "tcsh"; there are bash, zsh, fish\n');
  const commands = kalint(["--help"])
    .stdout.split("\n")
    .flatMap((line) => /^ {2}([a-z]+) /u.exec(line)?.[1] ?? [])
    .filter((name) => name !== "help");
  expect(commands.length).toBeGreaterThan(7);
  for (const shell of ["bash", "zsh", "fish"]) {
    const { status, stdout } = kalint(["completion", shell]);
    expect(status).toBe(0);
    for (const command of commands) expect(stdout).toContain(command);
  }
});
