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
const run = (text: string, fixes: Readonly<Record<string, string>>, error: (text: string) => boolean): ReturnType<typeof fixRounds> => {
  const judged = (now: string): Judged => {
    const found = Object.entries(fixes).flatMap(([word, better]) => (now.includes(word) ? finding(now, word, word, better) : []));
    const all = [...found, ...(error(now) ? [finding(now, "wrong", now)] : [])];
    return { all, reported: all };
  };
  return fixRounds({
    first: judged(text),
    judge: (texts) => judged(texts.get(file) ?? text),
    textOf: () => text,
    mayEdit: () => true,
    review: false,
  });
};

test("a fix that brings an error is left out, and the others are applied", () => {
  const done = run("one two", { one: "ONE", two: "TWO" }, (now) => now.includes("ONE"));
  expect(done.texts.get(file)).toBe("one TWO");
  expect(done.dropped.map(({ rule }) => rule)).toEqual(["one"]);
  expect(done.unfinished).toBe(false);
});

test("a fix that brings an error until others have been applied comes after them", () => {
  const done = run("one two", { one: "ONE", two: "tri", tri: "TRI" }, (now) => now.includes("ONE") && !now.includes("TRI"));
  expect(done.texts.get(file)).toBe("ONE TRI");
  expect(done.dropped).toEqual([]);
  expect(done.applied).toBe(3);
});

test("two fixes that undo each other end", () => {
  const done = run("one", { one: "two", two: "one" }, () => false);
  expect(done.unfinished).toBe(true);
});
