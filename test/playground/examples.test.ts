/** The examples of the playground show what they say: the rule they name is among the gravest that are found. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { mistakeIn } from "../../playground/examples.ts";
import { analyse } from "../../server/analysis/run.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import { rules } from "../../server/rules/index.ts";

const folder = path.resolve(import.meta.dirname, "../../playground/examples");
const mistakes = readdirSync(folder).map((name) => mistakeIn(name, readFileSync(path.join(folder, name), "utf8")));

describe("the classic mistakes", () => {
  it("are ten", () => {
    expect(mistakes).toHaveLength(10);
  });

  it.each(mistakes)("$title", ({ shows, about, files: sources }) => {
    expect(about).not.toBe("");
    expect(sources.length).toBeGreaterThan(1);
    const files = memoryFiles(Object.fromEntries(sources.map(({ name, text }) => [name, text])));
    const { findings } = analyse(readProject({ files, paths: [""] }), rules, {
      textOf: (file) => sources.find(({ name }) => name === file)?.text,
    });
    expect(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toContain(shows);
  });
});
