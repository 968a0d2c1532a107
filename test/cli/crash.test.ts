import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it, vi } from "vitest";
import type { ListedRule } from "../../server/analysis/rule.ts";
import { check } from "../../server/cli/check.ts";
import { folder, node, reportOf, root } from "./kalint.ts";

const { rule } = vi.hoisted(() => ({
  rule: (id: string, act: () => void): ListedRule => ({
    id,
    group: "vrrp",
    summary: "For this test.",
    severity: "error",
    since: "0.1.0",
    sources: [],
    subject: "vrrpInstance",
    *check({ name }) {
      act();
      yield { at: name.site, message: `${name.value} was judged` };
    },
  }),
}));

vi.mock(import("../../server/rules/index.ts"), () => ({
  rules: [
    rule("crashing-rule", () => {
      throw new TypeError("of no use\nat all");
    }),
    rule("other-rule", () => undefined),
  ],
}));

it("a rule that crashes is skipped and named, the others go on, and the status is 3", async () => {
  const printed: string[] = [];
  const complained: string[] = [];
  const status = await check(
    { kind: "check", paths: [], outputs: [{ format: "json" }], failOn: "warning", rules: new Map() },
    folder({ "keepalived.conf": node() }),
    { print: (text) => void printed.push(String(text)), complain: (line) => void complained.push(line), finishFirst: () => undefined },
  );
  expect(status).toBe(3);
  expect(complained).toEqual([expect.stringMatching(/^the rule crashing-rule crashed and was skipped \(TypeError: of no use/u)]);
  expect(reportOf({ status, stdout: printed.join(""), stderr: "" }).findings.map((finding) => finding.rule)).toEqual(["other-rule"]);
});

it("a defect of kalint itself is one line without a stack trace, and status 3", ({ skip }) => {
  // A working directory that is gone: nothing a user does on purpose, and process.cwd() throws.
  const gone = folder({});
  const command = `cd "$1" && rmdir "$1" && exec "$2" "$3" .`;
  const { status, stdout, stderr, error } = spawnSync(
    "sh",
    ["-c", command, "sh", gone, process.execPath, path.join(root, "dist/kalint.js")],
    { encoding: "utf8" },
  );
  if (error !== undefined) skip("no sh");
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(/^kalint: Error: ENOENT[^\n]*; this is a defect of kalint: report it with[^\n]*\n$/u);
});
