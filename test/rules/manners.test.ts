/** The manners of rules: one name in four places, pages with the required headings, specs that fire and stay silent. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../server/rules/index.ts";
import { judge } from "../judge.ts";
import { filesOf, readCases } from "../markdown.ts";

const root = new URL("../../", import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), "utf8");
const headings = ["What happens", "Wrong", "Right", "When to turn it off"];

describe.each(rules.map((rule) => ({ id: rule.id, rule })))("$id", ({ id, rule }) => {
  test("its file, page and spec carry its id", () => {
    expect(existsSync(new URL(`server/rules/${rule.group}/${id}.ts`, root))).toBe(true);
    expect(text(`docs/rules/${id}.md`).startsWith(`# ${id}\n`)).toBe(true);
    expect(existsSync(new URL(`test/rules/${id}.md`, root))).toBe(true);
  });

  test("it says what it is in one sentence and what it rests on", () => {
    expect(rule.summary).toMatch(/^[A-Z`"].{15,180}\.$/u);
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(rule.summary + rule.sources.join(" ")).not.toMatch(/TODO/u);
    for (const source of rule.sources) {
      const observed = /^test\/observed\/\S+/u.exec(source);
      if (observed !== null) expect(existsSync(new URL(observed[0], root))).toBe(true);
      else
        expect(source).toMatch(
          /^(?:keepalived (?:v?\d|issue \d)|measured: |kalint |firewalld \d|haproxy \d|MySQL \d|POSIX\.1||iptables |ipvsadm |Linux |bash |RFC )/u,
        );
    }
  });

  test("its page has the required headings in order", () => {
    const found = [...text(`docs/rules/${id}.md`).matchAll(/^## (.*)$/gmu)].map((match) => match[1]!);
    expect(found.filter((heading) => headings.includes(heading))).toEqual(headings);
    expect(text(`docs/rules/${id}.md`)).not.toMatch(/TODO/u);
  });

  test("its spec has a case that fires and one that is silent, and a fix case if it fixes", () => {
    const cases = readCases(text(`test/rules/${id}.md`));
    expect(cases.some(({ expected }) => expected.some((expectation) => expectation.rule === id))).toBe(true);
    expect(cases.some(({ expected, files }) => expected.length === 0 && Object.keys(files).length > 0)).toBe(true);
    if (rule.fix !== undefined) expect(cases.some(({ fixed }) => Object.keys(fixed).length > 0)).toBe(true);
  });

  test("the page's wrong example fires and the right one does not", () => {
    const cases = readCases(text(`docs/rules/${id}.md`));
    const wrong = cases.find(({ title }) => title === "Wrong")!;
    const right = cases.find(({ title }) => title === "Right")!;
    const options = { only: [id], ...(wrong.version === undefined ? {} : { version: wrong.version }) };
    expect(judge(filesOf(wrong), options).findings.map((finding) => finding.rule)).toContain(id);
    expect(Object.keys(right.files).length).toBeGreaterThan(0);
    expect(judge(filesOf(right), options).findings).toEqual([]);
  });

  test("its messages are one line in the user's words", () => {
    for (const spec of readCases(text(`test/rules/${id}.md`))) {
      const { version } = spec;
      for (const { message, fixes } of judge(filesOf(spec), { only: [id], ...(version === undefined ? {} : { version }) }).findings) {
        expect(message).not.toMatch(/\n|please|undefined|\[object/iu);
        expect(message.length).toBeLessThan(260);
        for (const fix of fixes) if (rule.fix === undefined) expect(fix).toBeUndefined();
      }
    }
  });
});

test("no page or spec without a rule", () => {
  const ids = new Set(rules.map(({ id }) => id));
  const named = [
    ...readdirSync(new URL("docs/rules/", root)),
    ...readdirSync(new URL("test/rules/", root)).filter((name) => name.endsWith(".md")),
  ];
  expect(named.filter((name) => name !== "README.md" && !ids.has(name.replace(/\.md$/u, "")))).toEqual([]);
});
