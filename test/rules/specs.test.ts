/** Runs the specs: test/rules/<id>.md says what the rule <id> finds, and what not. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lineIndex, positionAt } from "../../grammar/text.ts";
import type { Finding } from "../../server/analysis/finding.ts";
import { fixAll, judge, type Judgement } from "../judge.ts";
import { filesOf, readCases, type Expectation } from "../markdown.ts";

const folder = new URL(".", import.meta.url);

const specs = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ rule: name.slice(0, -3), cases: readCases(readFileSync(new URL(name, folder), "utf8")) }));

const shown = (finding: Finding, texts: ReadonlyMap<string, string>): Expectation => {
  const lines = lineIndex(texts.get(finding.at.file) ?? "");
  const start = positionAt(lines, finding.at.span.start);
  const end = positionAt(lines, finding.at.span.end);
  // A finding over several lines is marked by carets up to the end of its first one.
  const lineEnd = (lines[start.line] ?? (texts.get(finding.at.file) ?? "").length + 1) - lines[start.line - 1]!;
  return {
    rule: finding.rule,
    file: finding.at.file,
    line: start.line,
    column: start.column,
    endColumn: end.line === start.line ? end.column : lineEnd,
  };
};

const key = ({ rule, file, line, column, endColumn }: Expectation): string => `${file}:${line}:${column}-${endColumn} ${rule}`;

/** The configurations that run a file. */
const runners = ({ project }: Judgement, file: string): ReadonlySet<string> =>
  new Set(
    project.clusters
      .flatMap(({ nodes }) => nodes)
      .flatMap(({ linkedScripts }) =>
        linkedScripts.flatMap(({ resolution, command }) =>
          resolution.kind === "found" && resolution.file === file ? [command.site.file] : [],
        ),
      ),
  );

describe.each(specs)("$rule", ({ rule, cases }) => {
  test.each(cases)("$title", (spec) => {
    const { fixed, expected, messages, version } = spec;
    const judgement = judge(filesOf(spec), { only: [rule], ...(version === undefined ? {} : { version }) });
    const found = judgement.findings.map((finding) => ({ finding, place: shown(finding, judgement.texts) }));
    expect(found.map(({ place }) => key(place)).toSorted()).toEqual(expected.map(key).toSorted());
    for (const expectation of expected) {
      const match = found.find(({ place }) => key(place) === key(expectation))!;
      if (expectation.severity !== undefined) expect(match.finding.severity).toBe(expectation.severity);
    }
    // Who reads the configuration and who reads the script: each must see the other.
    const alone = judgement.findings.filter(({ at, notes }) => {
      const runBy = runners(judgement, at.file);
      return runBy.size > 0 && !notes.some((note) => note.at !== undefined && runBy.has(note.at.file));
    });
    expect(alone.map(({ message }) => message)).toEqual([]);
    const said = judgement.findings.flatMap(({ message, notes }) => [message, ...notes.map((note) => note.message)]);
    for (const message of messages) expect(said.join("\n")).toContain(message);
    if (Object.keys(fixed).length > 0) {
      const after = fixAll(judgement);
      for (const [file, text] of Object.entries(fixed)) expect(after.get(file)).toBe(text);
    }
  });
});
