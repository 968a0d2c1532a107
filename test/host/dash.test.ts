/** What dash does with bash constructs, run again: the rows of test/observed/bashisms-in-dash, all harmless, in an empty folder. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import observed from "../observed/bashisms-in-dash/observed.json" with { type: "json" };
import { describeWith } from "./needs.ts";
import { removeFolder } from "../folders.ts";

describeWith(["dash"], "dash", () => {
  test.each(observed)("$script", ({ script, stdout, status }) => {
    const folder = mkdtempSync(path.join(tmpdir(), "kalint-dash-"));
    try {
      writeFileSync(path.join(folder, "f.sh"), `${script}\necho "status $?"\n`);
      const run = spawnSync("dash", ["f.sh"], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        timeout: 10_000,
        env: { PATH: process.env["PATH"], HOME: "/", LC_ALL: "C" },
      });
      expect({ stdout: run.stdout, status: run.status }).toEqual({ stdout, status });
    } finally {
      removeFolder(folder);
    }
  });
});
