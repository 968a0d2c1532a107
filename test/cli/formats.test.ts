import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { beforeEach, describe, expect, it } from "vitest";
import { badNode, folder, type JsonReport, kalint, node, reportOf } from "./kalint.ts";
import { gitlab, rdjson, sarif } from "./report-schemas.ts";
import { all, readXml } from "./xml.ts";

const valid = (schema: object, value: unknown): void => {
  const validate = new Ajv({ allErrors: true }).compile(schema);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
};

const secretPart = "authentication {\n auth_type PASS\n auth_pass S3CRET12345\n }\n";
/** Findings of every severity, on one node and on two, with fixes; a name that is markup, bytes before a column, passwords. */
const files = {
  "db1/keepalived.conf": `# 数据库\n${badNode.replace("VI_1", '"<a&b>,:%"').replace("nopreempt", `${secretPart} nopreempt`)}`,
  "db2/keepalived.conf": node({ vrid: 62, more: secretPart.replace("12345", "54321") }).replace("VI_1", "数据库 twice"),
  "db2/check.sh": '#!/bin/sh\nmysql -uroot -pS3CRET12345 -e "select 1"\nif then\n',
};

const formats = ["pretty", "json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "junit", "rdjson", "gcc"] as const;
type Format = (typeof formats)[number];

const texts = {} as Record<Format, string>;
let findings: JsonReport["findings"] = [];

describe("the formats for programs", () => {
  // One run for all; not beforeEach, for a folder belongs to a test.
  beforeEach(() => {
    if (findings.length > 0) return;
    const written = formatsIn(files);
    for (const format of formats) texts[format] = written(format);
    ({ findings } = JSON.parse(texts.json) as JsonReport);
  });

  it("have something to tell", () => {
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(["error", "warning", "info"]));
    expect(findings.some(({ notes }) => notes.some(({ file }) => file !== undefined))).toBe(true);
    expect(findings.some(({ fixes }) => fixes.length > 0)).toBe(true);
  });

  it.each(formats)("%s tells every finding, and no secret", (format) => {
    for (const { rule } of findings) expect(texts[format]).toContain(rule);
    expect(texts[format]).not.toMatch(/S3CRET|12345|54321/u);
  });

  it("jsonl has the findings of json, one a line", () => {
    const lines = texts.jsonl.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(findings);
  });

  it("sarif is valid, describes its rules, and says the same as json", () => {
    const log = JSON.parse(texts.sarif) as Sarif;
    valid(sarif, log);
    const [run] = log.runs;
    expect(run!.results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ rule }) => rule));
    for (const [index, { ruleId, ruleIndex, locations, relatedLocations }] of run!.results.entries()) {
      expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
      const { file, start, end, notes } = findings[index]!;
      const { artifactLocation, region } = locations[0]!.physicalLocation;
      expect(decodeURIComponent(artifactLocation.uri)).toBe(file);
      expect(region).toEqual({ startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column });
      expect(relatedLocations.length).toBe(notes.filter((note) => note.file !== undefined).length);
    }
    for (const { help } of run!.tool.driver.rules) expect(help.markdown).toContain("## What happens");
    expect(new Set(run!.results.map(({ partialFingerprints }) => partialFingerprints["kalint/v1"])).size).toBe(findings.length);
  });

  it("sarif offers no fix that would hold a secret", () => {
    const offered = (JSON.parse(texts.sarif) as Sarif).runs[0]!.results.flatMap(({ fixes }) => fixes);
    expect(offered.length).toBe(
      findings.flatMap(({ fixes }) => fixes.filter(({ edits }) => edits.every(({ secret }) => secret !== true))).length,
    );
    expect(texts.sarif).not.toContain("••••••");
  });

  it("github writes one command for a finding, which the runner reads back", () => {
    const lines = texts.github.trimEnd().split("\n");
    expect(lines.length).toBe(findings.length);
    for (const [index, line] of lines.entries()) {
      const { groups = {} } = /^::(?<command>error|warning|notice) (?<properties>[^:]+)::(?<message>.*)$/u.exec(line) ?? {};
      const properties = new Map(groups["properties"]!.split(",").map((pair) => pair.split("=", 2) as [string, string]));
      const { file, start, rule, message, severity } = findings[index]!;
      expect(groups["command"]).toBe(severity === "info" ? "notice" : severity);
      expect(decodeURIComponent(properties.get("title")!)).toBe(`kalint: ${rule}`);
      expect(properties.get("file")).toBe(file);
      expect(properties.get("line")).toBe(String(start.line));
      expect(decodeURIComponent(groups["message"]!).split("\n")[0]).toBe(message);
    }
  });

  it("gitlab is a code quality report with a fingerprint of its own for every finding", () => {
    const report = JSON.parse(texts.gitlab) as { readonly fingerprint: string; readonly location: { readonly path: string } }[];
    valid(gitlab, report);
    expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
    expect(report.map(({ location }) => location.path)).toEqual(findings.map(({ file }) => file));
  });

  it("checkstyle is XML that gives the message back", () => {
    const errors = all(readXml(texts.checkstyle), "error");
    expect(errors.map(({ attributes }) => attributes["message"]!.split("\n")[0])).toEqual(findings.map(({ message }) => message));
    expect(errors.map(({ attributes }) => attributes["source"])).toEqual(findings.map(({ rule }) => `kalint.${rule}`));
    expect(errors.map(({ attributes }) => [attributes["line"], attributes["column"]].map(Number))).toEqual(
      findings.map(({ start }) => [start.line, start.column]),
    );
  });

  it("junit counts errors and warnings as failures", () => {
    const top = readXml(texts.junit);
    expect(all(top, "failure").length).toBe(findings.filter(({ severity }) => severity !== "info").length);
    for (const suite of all(top, "testsuite")) {
      expect(Number(suite.attributes["tests"])).toBe(all(suite, "testcase").length);
      expect(Number(suite.attributes["failures"])).toBe(all(suite, "failure").length);
    }
    expect(all(top, "testcase").every(({ attributes }) => attributes["name"] !== undefined && attributes["classname"] !== undefined)).toBe(
      true,
    );
  });

  it("rdjson is valid and counts bytes", () => {
    const report = JSON.parse(texts.rdjson) as Rdjson;
    valid(rdjson, report);
    const second = report.diagnostics.find(({ message }) => message.includes("twice behind"))!;
    const line = Buffer.from(files["db2/keepalived.conf"].split("\n")[second.location.range.start.line - 1]!);
    expect(line.subarray(second.location.range.start.column - 1, second.location.range.end.column - 1).toString()).toBe("twice");
  });

  it("gcc is read by the pattern of compilers, notes behind their finding", () => {
    const lines = texts.gcc.trimEnd().split("\n");
    const read = lines.map(
      (line) => /^(?<file>[^:]+):(?<line>\d+):(?<column>\d+): (?<word>error|warning|note): (?<message>.+)$/u.exec(line)?.groups,
    );
    expect(read).not.toContain(undefined);
    const told = read.filter((one) => / \[[a-z0-9-]+\]$/u.test(one!["message"]!));
    expect(told.map((one) => one!["message"])).toEqual(findings.map(({ message, rule }) => `${message} [${rule}]`));
    expect(read.length).toBe(findings.length + findings.flatMap(({ notes }) => notes).length);
  });
});

describe("fingerprints", () => {
  const prints = (contents: Readonly<Record<string, string>>): readonly string[] =>
    (JSON.parse(kalint(["--format", "sarif"], { cwd: folder(contents) }).stdout) as Sarif).runs[0]!.results.map(
      ({ partialFingerprints }) => partialFingerprints["kalint/v1"]!,
    ).toSorted();

  it("survive lines that move, and change with the line", () => {
    const before = { "keepalived.conf": badNode };
    expect(prints({ "keepalived.conf": `\n# more\n\n${badNode}` })).toEqual(prints(before));
    expect(prints({ "keepalived.conf": badNode.replace("    nopreempt", "  \t nopreempt") })).toEqual(prints(before));
    expect(prints({ "keepalived.conf": badNode.replace("nopreempt", "nopreempt # on purpose") })).not.toEqual(prints(before));
  });
});

describe("several outputs", () => {
  it("go to their files; one may go to standard output", () => {
    const cwd = folder({ "keepalived.conf": badNode });
    const run = kalint(["--format", "gcc", "--format", "sarif=out.sarif", "--format", "junit=out.xml"], { cwd });
    expect(run.stdout).toMatch(/^keepalived\.conf:\d+:\d+: error: /mu);
    expect(JSON.parse(readFileSync(path.join(cwd, "out.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(readXml(readFileSync(path.join(cwd, "out.xml"), "utf8")).name).toBe("testsuites");
    expect(kalint(["--format", "gcc", "--format", "sarif"], { cwd })).toMatchObject({ status: 2, stdout: "" });
  });

  it("are whole and valid where nothing is found", () => {
    const cwd = folder({ "keepalived.conf": "global_defs {\n    router_id a\n}\n" });
    expect(reportOf(kalint(["--format", "json"], { cwd })).findings).toEqual([]);
    const written = formatsIn({ "keepalived.conf": "global_defs {\n    router_id a\n}\n" });
    valid(sarif, JSON.parse(written("sarif")));
    valid(gitlab, JSON.parse(written("gitlab")));
    valid(rdjson, JSON.parse(written("rdjson")));
    expect(all(readXml(written("junit")), "testcase").length).toBe(1);
    expect(readXml(written("checkstyle")).children).toEqual([]);
    expect(written("gcc") + written("github") + written("jsonl")).toBe("");
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly markdown: string } }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
      }[];
      readonly relatedLocations: readonly object[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly fixes: readonly object[];
    }[];
  }[];
}

interface Rdjson {
  readonly diagnostics: readonly {
    readonly message: string;
    readonly code: { readonly value: string };
    readonly location: {
      readonly path: string;
      readonly range: Readonly<Record<"start" | "end", { readonly line: number; readonly column: number }>>;
    };
  }[];
}

/** All formats of one run, each from its file. */
const formatsIn = (contents: Readonly<Record<string, string>>): ((format: Format) => string) => {
  const cwd = folder(contents);
  const run = kalint(
    formats.flatMap((format) => ["--format", `${format}=report.${format}`]),
    { cwd },
  );
  expect(run).toMatchObject({ stdout: "", stderr: "" });
  return (format) => readFileSync(path.join(cwd, `report.${format}`), "utf8");
};
