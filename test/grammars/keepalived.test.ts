/** Oniguruma is not here; the patterns use nothing that JavaScript's regular expressions do not know. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { allKeywords } from "../../grammar/vocabulary/index.ts";
import { type Grammar, type Pattern, textmateGrammar } from "../../scripts/textmate.ts";

const root = path.resolve(import.meta.dirname, "../..");
const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));

const grammar = readJson("syntaxes/keepalived.tmLanguage.json") as Grammar;

/** What the first pattern that matches a line calls its keyword. */
const scopeOf = (line: string, keyword: string): string | undefined => {
  for (const name of ["named-block", "block", "script", "statement"]) {
    for (const pattern of grammar.repository[name]!.patterns) {
      const found = new RegExp(pattern.match ?? pattern.begin ?? "", "u").exec(line);
      if (found?.[2] === keyword) return (pattern.captures ?? pattern.beginCaptures)?.["2"]?.name;
    }
  }
  return undefined;
};

describe("the TextMate grammar", () => {
  it("is what the vocabulary makes of it", () => {
    expect(grammar, "node scripts/run.mjs scripts/syntaxes.ts").toEqual(textmateGrammar());
  });

  it("knows every keyword of the vocabulary, whole", () => {
    const rows = allKeywords().filter(
      ({ contextId, keyword: { name, kind } }) => kind !== "entry-option" && !name.startsWith("<") && !contextId.endsWith("/forms"),
    );
    expect(rows.length).toBeGreaterThan(400);
    const blocks = new Set(rows.filter(({ keyword }) => keyword.kind !== "statement").map(({ keyword }) => keyword.name));
    const missed = rows.filter(({ keyword: { name, kind } }) => {
      const scope = scopeOf(kind === "statement" ? `\t${name} x` : kind === "named-block" ? `${name} x {` : `    ${name} {`, name);
      // A statement may look like a block of the same name, a block never like a statement.
      return scope === undefined || (scope.startsWith("keyword.control.block") ? !blocks.has(name) : kind !== "statement");
    });
    expect(missed.map(({ keyword }) => keyword.name)).toEqual([]);
  });

  it("takes no word for a keyword that only begins like one", () => {
    for (const line of ["    state_x MASTER", "    prioritys 5", "vrrp_instances VI_1 {", "    my_state 1"]) {
      for (const name of ["named-block", "block", "script", "statement"])
        for (const { match, begin } of grammar.repository[name]!.patterns)
          expect(new RegExp(match ?? begin ?? "", "u").exec(line)?.[2], `in ${line}`).toBeUndefined();
    }
  });

  it("includes only what it has", () => {
    const includes = (pattern: Pattern): string[] => [
      ...(pattern.include === undefined ? [] : [pattern.include]),
      ...(pattern.patterns ?? []).flatMap(includes),
      ...Object.values({ ...pattern.captures, ...pattern.beginCaptures, ...pattern.endCaptures }).flatMap(includes),
    ];
    const named = [...grammar.patterns, ...Object.values(grammar.repository).flatMap(({ patterns }) => patterns)].flatMap(includes);
    expect(named.filter((name) => name !== "source.shell" && !(name.slice(1) in grammar.repository))).toEqual([]);
  });
});

interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly contributes: {
    readonly languages: readonly {
      readonly filenames: readonly string[];
      readonly filenamePatterns: readonly string[];
      readonly firstLine: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly description?: string; readonly markdownDescription?: string }>>;
    };
  };
}

describe("the extension's manifest", () => {
  const manifest = readJson("client/package.json") as Manifest;
  const [language] = manifest.contributes.languages;

  it("has the version of the package", () => {
    expect(manifest.version).toBe((readJson("package.json") as Manifest).version);
  });

  it("describes every setting", () => {
    for (const [name, { description, markdownDescription }] of Object.entries(manifest.contributes.configuration.properties))
      expect(description ?? markdownDescription, `of ${name}`).toMatch(/\.$/u);
  });

  it.each([
    ["! Configuration File for keepalived", true],
    ["vrrp_instance VI_1 {", true],
    ["global_defs", true],
    ["# /etc/keepalived/keepalived.conf on lb1", true],
    ["vrrp_instance: VI_1", false],
    ["#!/bin/sh", false],
    ["server {", false],
  ])("tells a configuration by its first line: %s", (line, expected) => {
    expect(new RegExp(language!.firstLine, "u").test(line)).toBe(expected);
  });
});
