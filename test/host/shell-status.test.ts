/**
 * What kalint says a script can end with, against what bash and dash end with. The scripts are generated and harmless:
 * true, false, test, echo, exit and the shell's own constructs, run in an empty folder.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { parseShell } from "../../grammar/shell/parse.ts";
import { effectsOf } from "../../server/model/effects/script.ts";
import type { Ending } from "../../server/model/effects/script-facts.ts";
import { removeFolder } from "../folders.ts";
import { ENDINGS } from "../model/effects/endings.ts";

const pick = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const PLAIN = [
  "true",
  "false",
  ":",
  "echo a",
  "printf b",
  "exit",
  "exit 0",
  "exit 3",
  "exit $x",
  "exit $?",
  "x=$?",
  "x=0",
  "x=2",
  "set -e",
  "set +e",
  '[ "$x" = 2 ]',
  "[ $x -eq 0 ]",
  "[ -z $y ]",
  '[ -n "$x" ] ',
  'test "$1" = a',
  "[ 1 -lt 2 ]",
  "echo a >out",
  "echo a >no/such",
  ": >no/such",
  "echo b <none",
  "unset x",
  "unset $x",
  "readonly x",
  "readonly z=1",
  "z=2",
  "z=3 true",
  "export z=4",
  "set -u",
  "echo a <none || exit 7",
  "exec <none",
  "{ echo a; } <none",
  "{ exit 8; } <none",
  "shift",
  "echo a | grep -q b",
  "ask && true",
  "ask || false",
  "ask && x=2",
  "ask || exit 6",
  "( ! ask )",
  "ask && x=0 || x=2",
  "x=${y:-3}",
];

/** Ways out of two loops. */
const OUTWARDS = [
  "ask && break 2",
  "ask || continue 2",
  "[ $i = 2 ] && break 2",
  "[ $j = 2 ] && continue 2",
  "if ask; then break 2; else continue 2; fi",
  "if ask; then break 2; else break; fi",
  "break 9",
];

const TRAPS = [
  "trap 'exit 9' EXIT",
  "trap : EXIT",
  "trap 'true' 0",
  "trap 'false; exit' EXIT",
  "trap 'exit $?' 0",
  "trap 'x=$?; false; exit $x' EXIT",
  "trap 'exit $x' EXIT",
  "trap 'ask; echo a' EXIT",
  "trap g EXIT",
  "trap - EXIT",
  "trap 'exit 7' ERR",
  "trap 'exit $?' ERR",
  "trap 'x=0' ERR",
  "trap g ERR",
  "trap - ERR",
  "set -E",
];

/** Lists of commands; `more` are commands that only mean something there. */
const lists = (more: readonly string[]): fc.Arbitrary<string> => {
  const plain = pick(...PLAIN, ...more);
  return fc.letrec<{ command: string; list: string }>((tie) => {
    const inner = tie("list");
    const command = tie("command");
    const one = (template: (body: string) => string): fc.Arbitrary<string> => inner.map(template);
    const two = (template: (a: string, b: string) => string): fc.Arbitrary<string> =>
      fc.tuple(inner, inner).map(([a, b]) => template(a, b));
    return {
      list: fc.array(command, { minLength: 1, maxLength: 3 }).map((all) => all.join("\n")),
      command: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        { weight: 8, arbitrary: plain },
        { weight: 2, arbitrary: fc.tuple(plain, pick("&&", "||", "|"), plain).map(([a, between, b]) => `${a} ${between} ${b}`) },
        { weight: 1, arbitrary: fc.tuple(inner, pick("&&", "||", "|"), inner).map(([a, between, b]) => `{ ${a}\n} ${between} { ${b}\n}`) },
        { weight: 1, arbitrary: one((body) => `( ${body}\n)`) },
        { weight: 1, arbitrary: one((body) => `! { ${body}\n}`) },
        { weight: 1, arbitrary: two((a, b) => `if ${a}\nthen ${b}\nfi`) },
        { weight: 1, arbitrary: fc.tuple(inner, inner, inner).map(([a, b, c]) => `if ${a}\nthen ${b}\nelse ${c}\nfi`) },
        { weight: 1, arbitrary: two((a, b) => `case "$x" in 2|b) ${a} ;; *) ${b} ;; esac`) },
        { weight: 1, arbitrary: one((body) => `case "$1" in c) ${body} ;; esac`) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(inner, pick("[ $i = 2 ] && :", "[ $i = 2 ] && break", "ask && continue", "ask || break", "ask && break"), plain)
            .map(([body, way, last]) => `for i in 1 2; do ${body}\n${way}\n${last}\ndone`),
        },
        {
          weight: 1,
          arbitrary: fc
            .tuple(inner, pick(...OUTWARDS), plain, plain)
            .map(([body, way, last, behind]) => `for i in 1 2; do for j in 1 2; do ${body}\n${way}\n${last}\ndone\n${behind}\ndone`),
        },
        {
          weight: 1,
          arbitrary: fc
            .tuple(plain, pick(...OUTWARDS), plain)
            .map(([body, way, last]) => `for i in 1 2; do while ask; do ${body}\n${way}\nbreak\ndone\n${last}\ndone`),
        },
        { weight: 1, arbitrary: one((body) => `while false; do ${body}\ndone`) },
        { weight: 1, arbitrary: one((body) => `until ${body}\ntrue; do :; done`) },
        { weight: 1, arbitrary: one((body) => `x=$( ${body}\n)`) },
        { weight: 1, arbitrary: plain.map((body) => `eval '${body.replaceAll("'", "")}'`) },
        { weight: 1, arbitrary: pick(...TRAPS) },
      ),
    };
  }).list;
};

const scripts = fc
  .tuple(
    lists(["return", "return 4", "return $x"]),
    lists(["return 5", "f"]),
    lists(["f", "g 1", "f && g", "g || f"]),
    fc.oneof({ weight: 5, arbitrary: pick("") }, { weight: 2, arbitrary: pick(...TRAPS) }),
  )
  .map(([f, g, main, trap]) => `x=1\nf() { ${f}\n}\ng() { ${g}\n}\n${trap}\n${main}\n`);

const SHELLS = [
  { name: "dash", shebang: "#!/bin/sh" },
  { name: "bash", shebang: "#!/bin/bash" },
] as const;

describe("exit statuses", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kalint-status-"));
  afterAll(() => removeFolder(folder));

  // A command that ends with what it is told to, as far as the script can know.
  writeFileSync(path.join(folder, "ask"), "#!/bin/sh\nexit $ASKED\n", { mode: 0o755 });

  const run = (shell: string, text: string, asked: string): number | string => {
    // A text behind `-c` ends otherwise than a file in bash, when a variable is not set.
    writeFileSync(path.join(folder, "script"), text);
    const { status, signal } = spawnSync(shell, ["./script", "a"], {
      cwd: folder,
      env: { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}`, ASKED: asked },
      stdio: "ignore",
      timeout: 5000,
    });
    rmSync(path.join(folder, "out"), { force: true });
    return status ?? String(signal);
  };

  const predicted = (text: string): readonly Ending[] | undefined => {
    const { endings, complete } = effectsOf(parseShell(text), { file: "s", arguments: ["a"] });
    return complete ? endings : undefined;
  };

  describe.each(SHELLS)("$name", ({ name }) => {
    test.each(ENDINGS.filter((one) => one[name] !== undefined))("$text", (one) => {
      const ends = new Set((one.text.includes("ask") ? ["0", "1"] : ["0"]).map((asked) => run(name, one.text, asked)));
      for (const status of ends) expect(one[name]).toContain(status);
    });
  });

  test.each(SHELLS)(
    "what $name ends with was predicted",
    ({ name, shebang }) => {
      let exact = 0;
      let judged = 0;
      fc.assert(
        fc.property(scripts, (body) => {
          const endings = predicted(`${shebang}\n${body}`);
          if (endings === undefined) return;
          const statuses = new Set(endings.map(({ status }) => status));
          judged++;
          if (statuses.has(undefined)) return;
          if (statuses.size === 1) exact++;
          const needs = body.includes("ask") ? ["0", "1"] : ["0"];
          for (const asked of needs) expect([...statuses]).toContain(run(name, body, asked));
        }),
        { seed: Number(process.env["KALINT_SEED"] ?? 20260101), numRuns: Number(process.env["KALINT_RUNS"] ?? 300) },
      );
      // A prediction of everything would never be wrong.
      expect(exact / judged).toBeGreaterThan(0.4);
    },
    600_000,
  );
});
