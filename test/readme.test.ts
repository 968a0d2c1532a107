/** The README's output is real: every `$ npx kalint …` block is what the built command prints. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const readme = readFileSync(path.join(root, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```console\n\$ npx kalint (?<arguments>[^\n]*)\n(?<output>[^]*?)^```$/gmu)].map(
  (match) => match.groups!,
);

test("there is an example", () => {
  expect(blocks.length).toBeGreaterThan(0);
});

test.each(blocks)("npx kalint $arguments", ({ arguments: words, output }) => {
  const { stdout } = spawnSync(process.execPath, ["dist/kalint.js", ...words!.split(" ")], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect(stdout).toBe(output);
});

test("every file it links to exists", () => {
  const links = [...readme.matchAll(/\]\((?<target>[^)#:]+)\)/gu)].map((match) => match.groups!["target"]!);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((target) => !existsSync(path.join(root, target)))).toEqual([]);
});
