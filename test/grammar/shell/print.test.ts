import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseShell } from "../../../grammar/shell/parse.ts";
import { printShell } from "../../../grammar/shell/print.ts";
import { meaning } from "./same.ts";
import { VALID } from "./samples.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/", import.meta.url));
const scripts = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .filter((file) => /^#![^\n]*\b(?:ba|da|a)?sh\b/u.test(readFileSync(file, "latin1").slice(0, 100)))
  .toSorted();

const survives = (text: string): void => {
  const script = parseShell(text);
  if (script.problems.length > 0) return;
  const again = parseShell(printShell(script));
  expect(again.problems).toEqual([]);
  expect(meaning(again)).toEqual(meaning(script));
};

describe("a printed script is read as the same tree", () => {
  test.each(VALID)("%j", survives);

  test("there are scripts among the fixtures", () => {
    expect(scripts.length).toBeGreaterThan(5);
  });
  test.each(scripts.map((file) => path.relative(fixtures, file)))("%s", (file) => {
    survives(readFileSync(path.join(fixtures, file), "utf8"));
  });

  const word = fc.constantFrom(
    "a", "'b c'", '"d $e `f` \\" \\\\ \'"', "\\if", "if", "\\a=b", "a\\=", "$1", "${x:-y z}", "${x%%\\}*}", "\"${x:-'}'}\"", "$'g\\'h'", "*", "[a-c]?", "{1,2}", "\\{1,2}",
    "$(i | j)", "`k l`", "$((1 + 2))", "<(m)", "~", "a\\ b", "é", "''", '""', "#n", "a#b", "$", "a\\\nb", "\\#", "=x", "\\[", "{", "}",
  ); // prettier-ignore
  const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(" "));
  const list = fc.letrec<{ list: string; command: string }>((tie) => ({
    list: fc.array(tie("command"), { minLength: 1, maxLength: 3 }).map((all) => all.join("\n")),
    command: fc.oneof(
      { depthSize: "small" },
      { weight: 5, arbitrary: words },
      { weight: 1, arbitrary: words.map((text) => `x=${text}`) },
      { weight: 1, arbitrary: fc.tuple(words, words).map(([a, b]) => `echo ${a} > f 2>&1 < ${b}`) },
      { weight: 1, arbitrary: fc.tuple(words, fc.constantFrom("|", "||", "&&", "|&"), words).map((parts) => parts.join(" ")) },
      { weight: 1, arbitrary: words.map((text) => `cat <<A <<-'B' | c ${text}\n$x \\$ "\n\t\\\\\nA\n\t$y\n\tB`) },
      { weight: 1, arbitrary: tie("list").map((body) => `{ ${body}\n}`) },
      { weight: 1, arbitrary: tie("list").map((body) => `if ${body}\nthen ${body}\nelse ${body}\nfi >f`) },
      { weight: 1, arbitrary: tie("list").map((body) => `for i in a $b\ndo ${body}\ndone &`) },
      {
        weight: 1,
        arbitrary: fc.tuple(word, tie("list")).map(([one, body]) => `case ${one} in (esac|${one}) ${body}\n;; *) ;;& b)\nesac`),
      },
      { weight: 1, arbitrary: tie("list").map((body) => `echo "$(${body}\n)"`) },
      { weight: 1, arbitrary: tie("list").map((body) => `f() (${body}\n)`) },
    ),
  })).list;
  test("anything the parser accepts", () => {
    fc.assert(fc.property(list, survives), { numRuns: 600 });
  });
});
