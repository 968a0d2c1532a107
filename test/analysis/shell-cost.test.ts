/** The work of reading a shell script and of following what it does grows with its size and no faster: see work.ts. */
import { expect, test } from "vitest";
import { parseShell } from "../../grammar/shell/parse.ts";
import { effectsOf } from "../../server/model/effects/script.ts";
import { growth } from "./work.ts";

const repeat = (times: number, make: (i: number) => string): string => Array.from({ length: times }, (_, i) => make(i)).join("");

const texts: Readonly<Record<string, (count: number) => string>> = {
  "a long chain of &&": (count) => `${repeat(count, (i) => `c${i} && `)}true\n`,
  "a long chain of ||": (count) => `${repeat(count, (i) => `c${i} || `)}false\n`,
  "a long pipeline": (count) => `${repeat(count, (i) => `c${i} | `)}cat\n`,
  "many arms of a case": (count) => `case "$1" in\n${repeat(count, (i) => `s${i}) ip addr add 10.0.0.${i % 250} dev eth0 ;;\n`)}esac\n`,
  "many functions": (count) => repeat(count, (i) => `f${i}() { v${i}=${i}; echo "$v${i}"; }\nf${i} "$1"\n`),
  "many substitutions in each other": (count) => repeat(count, (i) => `x${i}=$(a "$(b $(c "\${d:-$(e)}"))")\n`),
  "many heredocs": (count) => repeat(count, (i) => `cat <<E${i} <<'F'\n$x $(date) text\nE${i}\n$x\nF\n`),
  "many heredocs on a line": (count) => `cat ${repeat(count, (i) => `<<E${i} `)}\n${repeat(count, (i) => `$x\nE${i}\n`)}`,
  "many words of a loop": (count) => `for x in ${repeat(count, (i) => `w${i} `)}; do echo "$x"; done\n`,
  "a long string with many parts": (count) => `x="${repeat(count, (i) => `$a${i} text `)}"\n`,
  "closed substitutions one behind the other": (count) => repeat(count, () => "echo $(true) $(date)\n"),
  "parentheses in an expression": (count) => `echo $((${"(".repeat(count)}1${")".repeat(count)}))\n`,
  "parentheses in a condition": (count) => `[[ ${"( ".repeat(count)}a${" )".repeat(count)} ]]\n`,
  "many braces, arrays and expressions": (count) => repeat(count, (i) => `declare a${i}=(1 2)\nc {$x,b} $(( $(d) + ${i} ))\n`),
};

const follow = (text: string): void => {
  const script = parseShell(text);
  const { complete } = effectsOf(script, { file: "script.sh" });
  expect(script.problems).toEqual([]);
  expect(complete).toBe(true);
};

test.each(Object.entries(texts))("%s: eight times the script is at most twelve times the work", { timeout: 60_000 }, async (_, make) => {
  const { grown, files } = await growth((count) => follow(make(count)), { size: 32, allowance: 2000 });
  expect(files.length).toBeGreaterThan(10);
  expect(grown).toEqual([]);
});
