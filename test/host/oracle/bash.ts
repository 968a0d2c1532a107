/** What bash says of texts. Nothing found on the machine is run, only read (`bash -n`). */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { removeFolder } from "../../folders.ts";

const ENVIRONMENT = { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C.UTF-8", HOME: "/nowhere" };

/** Whether `bash -n` accepts each of some files. One bash goes through them all. */
export const acceptedFiles = (files: readonly string[]): readonly boolean[] => {
  const driver = 'while IFS= read -r file; do if "$BASH" -n -- "$file" >/dev/null 2>&1 </dev/null; then echo 1; else echo 0; fi; done';
  const { stdout, status } = spawnSync("bash", ["-c", driver], {
    input: files.map((file) => `${file}\n`).join(""),
    encoding: "utf8",
    env: ENVIRONMENT,
    timeout: 300_000,
    maxBuffer: 100_000_000,
  });
  const answers = stdout.trimEnd().split("\n");
  if (status !== 0 || answers.length !== files.length) throw new Error(`bash answered ${answers.length} of ${files.length} times`);
  return answers.map((answer) => answer === "1");
};

/** The same of texts, which are written to a folder for the time. */
export const acceptedTexts = (texts: readonly string[]): readonly boolean[] => {
  const folder = mkdtempSync(path.join(tmpdir(), "kalint-oracle-"));
  try {
    return acceptedFiles(
      texts.map((text, i) => {
        const file = path.join(folder, String(i));
        writeFileSync(file, text);
        return file;
      }),
    );
  } finally {
    removeFolder(folder);
  }
};

/** Runs a harmless text in an empty folder; its output. */
export const output = (text: string): string => {
  const folder = mkdtempSync(path.join(tmpdir(), "kalint-oracle-"));
  try {
    return spawnSync("bash", ["-c", text], { cwd: folder, encoding: "utf8", env: ENVIRONMENT, timeout: 60_000, maxBuffer: 100_000_000 })
      .stdout;
  } finally {
    removeFolder(folder);
  }
};
