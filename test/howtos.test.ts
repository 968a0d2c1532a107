/**
 * Whole machines as HOWTOs, articles and repositories set them up, with the mistakes that are made there: everything that rules
 * about scripts, firewalls, real servers and databases say of them stands under the line it is said of, and nothing else is
 * said. "…, mended" has the files of the case before it but for those it shows, and nothing is said of it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lineIndex, positionAt } from "../grammar/text.ts";
import { rules } from "../server/rules/index.ts";
import { judge } from "./judge.ts";
import { type Case, filesOf, readCases } from "./markdown.ts";

const GROUPS = new Set(["script", "firewall", "lvs-host", "database"]);
const only = rules.filter(({ group, off }) => GROUPS.has(group) && off !== true).map(({ id }) => id);

const folder = new URL("howtos/", import.meta.url);

const casesIn = (name: string): readonly Case[] => {
  const cases = readCases(readFileSync(new URL(name, folder), "utf8")).filter(({ files }) => Object.keys(files).length > 0);
  return cases.map((one, index) => {
    const before = cases[index - 1];
    if (before === undefined || one.title !== `${before.title}, mended`) return one;
    return { ...one, files: { ...before.files, ...one.files }, modes: { ...before.modes, ...one.modes } };
  });
};

describe.each(readdirSync(folder).filter((name) => name.endsWith(".md")))("%s", (name) => {
  test.each(casesIn(name))("$title", (spec) => {
    const { findings, texts } = judge(filesOf(spec), { only });
    const found = findings.map(({ rule, severity, at }) => {
      const { line, column } = positionAt(lineIndex(texts.get(at.file)!), at.span.start);
      return `${at.file}:${line}:${column} ${rule} (${severity})`;
    });
    const expected = spec.expected.map(({ file, line, column, rule, severity }) => `${file}:${line}:${column} ${rule} (${severity})`);
    expect(found.toSorted()).toEqual(expected.toSorted());
    if (spec.title.endsWith(", mended")) expect(expected).toEqual([]);
  });
});
