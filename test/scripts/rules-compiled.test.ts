/** The builds turn the generator of a rule into a function: it must find the same. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";

const script = path.resolve(import.meta.dirname, "../../scripts/rules-compiled.mjs");
const { compiled } = (await import(pathToFileURL(script).href)) as {
  readonly compiled: (file: string, source: string, fields: readonly string[]) => string;
};

type Check = (...subject: readonly unknown[]) => Iterable<unknown>;

/** What a rule of this source yields, as it is written and as the programs get it. */
const both = (source: string, ...subject: readonly unknown[]): readonly (readonly unknown[])[] =>
  [source, compiled("rule.ts", source, [])].map((text) => {
    const body = text.replace("export default defineRule(", "return (");
    const rule = runInThisContext(`(() => {${body}})()`) as { readonly check: Check };
    return [...rule.check(...subject)];
  });

const rule = (check: string, before = ""): string => `${before}export default defineRule({ id: "x", ${check} });`;

test.for([
  ["yields", rule("*check(a) { yield { at: a }; if (a > 1) yield { more: { of: [a] } }; }")],
  ["returns early", rule("*check(a) { if (a === 2) return; yield a; }")],
  ["returns in a loop", rule("*check(a) { for (const b of [1, 2, 3]) { if (b > a) return; yield b; } }")],
  ["yields what others yield", rule("*check(a) { yield* many(a); yield a; }", "function* many(a) { yield a; yield a + 1; return 5; }\n")],
  ["yields a list, with an else behind", rule("*check(a) { if (a === 1) yield* [a]; else yield* [a, a]; }")],
  ["holds functions of its own", rule("*check(a) { const f = (b) => { return b; }; const g = function () { return; }; g(); yield f(a); }")],
  ["has no subject", rule("*check() { yield 1; }")],
  ["takes its subject apart", rule("*check(a, { b } = { b: 7 }) { yield b; }")],
  ["is a function already", rule("check: (a) => [a]")],
])("a rule that %s", ([, source]) => {
  for (const subject of [1, 2, 3]) {
    const [written, built] = both(source!, subject);
    expect(built).toEqual(written);
  }
});

test("what is built of a generator is none", () => {
  const built = compiled("rule.ts", rule("*check(a) { yield a; }"), []);
  expect(built).not.toContain("yield");
  expect(built).not.toContain("*");
});

test("fields are left out, and nothing else", () => {
  const source = 'export default defineRule({ id: "x", sources: ["a", "b"], seen: { metrics: [] }, check: () => [] });';
  expect(compiled("rule.ts", source, ["sources", "seen"])).toBe('export default defineRule({ id: "x",   check: () => [] });');
});

test("a form without a counterpart stops the build", () => {
  expect(() => compiled("rule.ts", rule("*check(a) { const b = yield a; }"), [])).toThrow("rule.ts: yield a has no counterpart");
  expect(() => compiled("rule.ts", rule("*check(a) { return [a]; }"), [])).toThrow("return [a]; has no counterpart");
});

test("no rule is left a generator", () => {
  const folder = path.resolve(import.meta.dirname, "../../server/rules");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /[\\/].*\.ts$/u.test(name));
  const left = files.filter((name) => {
    const file = path.join(folder, name);
    return /\*check\b/u.test(compiled(file, readFileSync(file, "utf8"), []));
  });
  expect(files.length).toBeGreaterThan(250);
  expect(left).toEqual([]);
});
