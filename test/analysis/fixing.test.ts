/** Rounds of fixes over a text of one word per line, with a judge that says what each word brings. */
import { expect, test } from "vitest";
import type { Finding } from "../../server/analysis/finding.ts";
import { fixRounds, type Judged } from "../../server/analysis/fixing.ts";

const file = "words";

/** A finding at a word, with another one in its place as the fix. */
const finding = (text: string, rule: string, word: string, replacement?: string): Finding => {
  const start = text.indexOf(word);
  const at = { file, span: { start, end: start + word.length } };
  const fixes = replacement === undefined ? [] : [{ title: replacement, safety: "safe" as const, edits: [{ at, replacement }] }];
  return { rule, severity: fixes.length === 0 ? "error" : "warning", message: word, at, cluster: "", nodes: [], notes: [], fixes };
};

/** `fixes`: words and what they become; `error`: whether a text has an error that nothing fixes. */
const run = (
  text: string,
  fixes: Readonly<Record<string, string>>,
  error: (text: string) => boolean,
  { judgements, asked = () => 0 }: { readonly judgements?: number; readonly asked?: () => number } = {},
): ReturnType<typeof fixRounds> => {
  const judged = (now: string): Judged => {
    const found = Object.entries(fixes).flatMap(([word, better]) => (now.includes(word) ? finding(now, word, word, better) : []));
    const all = [...found, ...(error(now) ? [finding(now, "wrong", now)] : [])];
    return { all, reported: all };
  };
  return fixRounds({
    first: judged(text),
    judge: (texts) => {
      asked();
      return judged(texts.get(file) ?? text);
    },
    textOf: () => text,
    mayEdit: () => true,
    review: false,
    ...(judgements === undefined ? {} : { judgements }),
  });
};

test("a fix that brings an error is left out, and the others are applied", () => {
  const done = run("one two", { one: "ONE", two: "TWO" }, (now) => now.includes("ONE"));
  expect(done.texts.get(file)).toBe("one TWO");
  expect(done.leftOut.map(({ finding: { rule }, because }) => [rule, because])).toEqual([
    ["one", { kind: "newError", error: expect.objectContaining({ rule: "wrong" }) }],
  ]);
  expect(done.unfinished).toBe(false);
});

test("a fix that brings an error until others have been applied comes after them", () => {
  const done = run("one two", { one: "ONE", two: "tri", tri: "TRI" }, (now) => now.includes("ONE") && !now.includes("TRI"));
  expect(done.texts.get(file)).toBe("ONE TRI");
  expect(done.leftOut).toEqual([]);
  expect(done.applied).toBe(3);
});

test("fixes that undo each other are both left out, and a second run does not turn the text round", () => {
  const fixes = { one: "two", two: "one", three: "THREE" };
  const done = run("one three", fixes, () => false);
  expect(done.texts.get(file)).toBe("two THREE");
  expect(done.applied).toBe(2);
  expect(done.leftOut.map(({ finding: { rule }, because: { kind } }) => [rule, kind])).toEqual([["two", "undone"]]);
  expect(done.unfinished).toBe(false);
  const again = run("two THREE", fixes, () => false);
  expect(again.texts.size).toBe(0);
  expect(again.applied).toBe(0);
});

test("a fix that is wanted again for ever ends unfinished", () => {
  const done = run("one", { one: "one one" }, () => false);
  expect(done.unfinished).toBe(true);
});

test("a bound of judgements ends it where it is", () => {
  const words = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`w${at}x`, `W${at}`]));
  const bad = (now: string): boolean => /W[13579]\b/u.test(now);
  let judged = 0;
  const done = run(Object.keys(words).join(" "), words, bad, { judgements: 3, asked: () => judged++ });
  expect(done.unfinished).toBe(true);
  expect(judged).toBeLessThanOrEqual(4);
});
