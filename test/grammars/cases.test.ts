/** The cases beside this file, run with the regular expressions and the scopes of an editor. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const program = path.join(root, "node_modules/vscode-tmgrammar-test/dist/unit.js");
const grammars = ["syntaxes/keepalived.tmLanguage.json", "test/grammars/shell.tmLanguage.json"].flatMap((file) => ["-g", file]);
const cases = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.keepalived"));

describe("the TextMate grammar, by an editor's engine", () => {
  it.each(cases)("%s", async (name) => {
    const args = [program, ...grammars, `test/grammars/${name}`];
    const told = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 30_000 }).then(
      () => "",
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(told).toBe("");
  });
});
