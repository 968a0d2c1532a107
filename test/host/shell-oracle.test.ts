/**
 * The shell parser against bash (`npm run shell-oracle`): on every script that Debian's packages brought here, on mutants of
 * them, and on generated words. Scripts that were found are only read by bash (`-n`); only words generated here are run.
 * KALINT_SEED and KALINT_RUNS choose other mutants and words.
 */
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseShell } from "../../grammar/shell/parse.ts";
import { printShell } from "../../grammar/shell/print.ts";
import { valueOf } from "../../server/model/effects/known.ts";
import { effectsOf } from "../../server/model/effects/script.ts";
import { meaning } from "../grammar/shell/same.ts";
import { describeWith } from "./needs.ts";
import { acceptedFiles, acceptedTexts, output } from "./oracle/bash.ts";
import { mutant, randomOf } from "./oracle/mutants.ts";
import { packagedScripts } from "./oracle/scripts.ts";

const seed = Number(process.env["KALINT_SEED"] ?? 20260101);
const runs = Number(process.env["KALINT_RUNS"] ?? 2000);

/** Largest script of which mutants are made: bash reads each of them anew. */
const MUTABLE = 12_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const accepts = (text: string): boolean => parseShell(text).problems.length === 0;

/** The share of texts of which both say the same; the others are listed. */
const agreement = (names: readonly string[], texts: readonly string[], theirs: readonly boolean[]): number => {
  const differ = names.filter((name, i) => {
    const problem = parseShell(texts[i]!).problems[0];
    if ((problem === undefined) === theirs[i]) return false;
    say(
      `${name}: bash ${theirs[i]! ? "accepts" : "refuses"} it, kalint says ${problem === undefined ? "nothing" : `${problem.detail} at ${problem.span.start}`}`,
    );
    return true;
  });
  const share = 1 - differ.length / names.length;
  say(`${names.length - differ.length} of ${names.length} agree (${(share * 100).toFixed(2)} %)`);
  return share;
};

describeWith(["bash"], "the shell parser and bash", () => {
  const files = packagedScripts().filter((file) => !readFileSync(file, "latin1").includes("\0"));
  const texts = files.map((file) => readFileSync(file, "utf8"));

  test("accept the same scripts of Debian's packages", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(agreement(files, texts, acceptedFiles(files))).toBeGreaterThanOrEqual(0.995);
  }, 300_000);

  test("accept the same mutants of them", () => {
    const random = randomOf(seed);
    const small = texts.map((text, i) => ({ text, name: files[i]! })).filter(({ text }) => text.length < MUTABLE);
    const chosen = Array.from({ length: runs }, (_, i) => {
      const { text, name } = small[Math.floor(random() * small.length)]!;
      return { name: `mutant ${i} of ${name}`, text: mutant(text, random) };
    });
    const changed = chosen.map(({ text }) => text);
    expect(
      agreement(
        chosen.map(({ name }) => name),
        changed,
        acceptedTexts(changed),
      ),
    ).toBeGreaterThanOrEqual(0.99);
  }, 300_000);

  test("a printed script is read as the same tree, and bash reads it", () => {
    const printed = texts.filter(accepts).map((text) => printShell(parseShell(text)));
    const differ = files.filter((_, i) => accepts(texts[i]!)).filter((_, i) => !accepts(printed[i]!));
    expect(differ).toEqual([]);
    const originals = texts.filter(accepts);
    originals.forEach((text, i) => {
      expect(meaning(parseShell(printed[i]!))).toEqual(meaning(parseShell(text)));
    });
    say(`${printed.length} printed scripts read as the same tree`);
  }, 300_000);

  test("words become what bash makes of them", () => {
    const lines = fc.sample(fc.array(word, { minLength: 1, maxLength: 4 }), { seed, numRuns: runs }).map((list) => list.join(" "));
    const theirs = output(`${SETUP}${lines.map((line) => `say ${line}\nprintf '\\1'\n`).join("")}`)
      .split("\x01")
      .map((fields) => fields.split("\0").slice(0, -1));
    let known = 0;
    const differ = lines.flatMap((line, i) => {
      const ours = fieldsOf(line);
      if (ours === undefined) return [];
      known++;
      return JSON.stringify(ours) === JSON.stringify(theirs[i])
        ? []
        : [`${line}: ${JSON.stringify(ours)}, bash ${JSON.stringify(theirs[i])}`];
    });
    say(`${known} of ${lines.length} lines are known to the last word`);
    expect(differ).toEqual([]);
    // Who knows nothing is never wrong.
    expect(known / lines.length).toBeGreaterThan(0.6);
  }, 300_000);
});

const SETUP = "say() { for word do printf '%s\\0' \"$word\"; done; }\nHOME=/home/me\na=one\nb='two words'\nc=\nn=7\np=/usr/lib/x.tar.gz\n";

/** Words that are harmless and name no file. */
const word = fc
  .array(
    fc.oneof(
      fc.constantFrom("x", "a.b", "-", "=", "+", "%", "é", ":", "/", ",", "1", "_", "@", "^", "}", "]"),
      fc.constantFrom("\\ ", "\\$", "\\\\", "\\'", '\\"', "\\{", "\\*", "\\~", "\\;", "\\a", "\\\n"),
      fc.constantFrom("''", "'x y'", "'$a'", "'\\n'", "'\"'", "'`'", "'{a,b}'"),
      fc.constantFrom(
        '""',
        '"x y"',
        '"$a$b"',
        '"\\$a \\" \\\\ \\x"',
        '"\'"',
        '"*"',
        '"${b}"',
        '"${c:-d e}"',
        '"${p##*/}"',
        '"$n$((n+1))"',
        '"{a,b}"',
      ),
      fc.constantFrom("$'\\n'", "$'\\x41\\102\\t'", "$'it\\'s'", "$'\\u00e9'", "$'\\e\\\\'"),
      fc.constantFrom(
        "$a",
        "${a}",
        "$b",
        "$c",
        "${b}",
        "${c:-d}",
        "${c:-d e}",
        "${a:+yes}",
        "${c:+no}",
        "${a-x}",
        "${c-x}",
        "${u-x}",
        "${#a}",
        "${#b}",
      ),
      fc.constantFrom(
        "${p%.*}",
        "${p%%.*}",
        "${p#*/}",
        "${p##*/}",
        "${b// /_}",
        "${b/two/2}",
        "${a:1}",
        "${a:0:2}",
        "${a^^}",
        "${a^}",
        "${p%.gz}",
      ),
      fc.constantFrom(
        "$((1+2))",
        "$((n*2))",
        "$((n/2%2))",
        "$(((n+1)<<2))",
        "$((n>3))",
        "$((n==7?4:5))",
        "$((0x1f))",
        "$((-n))",
        "$((2**3))",
      ),
      fc.constantFrom("{a,b}", "{1..3}", "{c..a}", "{x,y}{1,2}", "{a}", "{01..03}", "{a,}", "{1..7..3}"),
      fc.constantFrom("~", "~/x"),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => pieces.join(""));

/** The words of a line as kalint reads them; undefined when one of them is not known. */
const fieldsOf = (line: string): readonly string[] | undefined => {
  const { effects } = effectsOf(parseShell(`#!/bin/bash\n${SETUP.slice(SETUP.indexOf("HOME="))}echo ${line}\n`), { file: "s" });
  const run = effects.find((effect) => effect.kind === "run");
  if (run?.kind !== "run") return undefined;
  const fields = run.arguments.map(valueOf);
  return fields.every((field) => field !== undefined) ? fields : undefined;
};
