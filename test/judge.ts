/** Judges files in memory with the product's own rules: what most tests of rules need. */
import type { Finding, Severity } from "../server/analysis/finding.ts";
import { applyFix } from "../server/analysis/fix.ts";
import { type ProjectSettings, readSettingsFiles, resolveSettings } from "../server/analysis/settings/project.ts";
import { analyse } from "../server/analysis/run.ts";
import { memoryFiles, type MemoryFile } from "../server/host/memory.ts";
import { readNetplan } from "../server/model/effects/netplan.ts";
import { readProject, type Project } from "../server/model/cluster/project.ts";
import { rules } from "../server/rules/index.ts";

export interface Judgement {
  readonly project: Project;
  readonly findings: readonly Finding[];
  readonly texts: ReadonlyMap<string, string>;
}

export interface JudgeOptions {
  /** Only these rules; all that are on by default when absent. */
  readonly only?: readonly string[];
  readonly version?: string;
  readonly configId?: string;
}

export const judge = (contents: Readonly<Record<string, string | MemoryFile>>, options: JudgeOptions = {}): Judgement => {
  const files = { ...memoryFiles(contents), formats: { netplan: readNetplan } };
  const settings = settingsIn(files, contents);
  const project = readProject({
    files,
    paths: [""],
    ...(settings === undefined ? {} : { stated: settings.stated }),
    ...(options.configId === undefined ? {} : { configId: options.configId }),
    ...(options.version === undefined ? {} : { version: options.version }),
  });
  const { only } = options;
  // Whether a suppression is of use shows only when the other rules are asked as well.
  const all = rules.some(({ id, subject }) => subject === "suppression" && only?.includes(id) === true);
  const severities = new Map(
    rules.flatMap(({ id, off, severity }): readonly (readonly [string, Severity | "off"])[] => {
      if (only === undefined) return [];
      return only.includes(id) ? (off === true ? [[id, severity]] : []) : all ? [] : [[id, "off"]];
    }),
  );
  const texts = new Map(Object.entries(contents).map(([name, file]) => [name, typeof file === "string" ? file : file.text]));
  const analysis = analyse(project, rules, {
    rules: severities,
    textOf: (file) => texts.get(file),
    ...(options.version === undefined ? {} : { version: options.version }),
  });
  if (analysis.crashes.length > 0) throw new Error(analysis.crashes.map(({ rule, error }) => `${rule}: ${error}`).join("\n"));
  const findings = analysis.findings.filter(({ rule }) => only === undefined || only.includes(rule));
  return { project, findings, texts };
};

/** What a kalint.toml among the files states. */
const settingsIn = (files: ReturnType<typeof memoryFiles>, contents: Readonly<Record<string, unknown>>): ProjectSettings | undefined => {
  if (contents["kalint.toml"] === undefined) return undefined;
  const { settings: read, problems } = readSettingsFiles(files, ["kalint.toml"], { rules: new Set(rules.map(({ id }) => id)) });
  const resolved = resolveSettings(read, files);
  for (const problem of [...problems, ...resolved.problems]) throw new Error(JSON.stringify(problem));
  return resolved.settings;
};

/** The texts after the first fix of every finding, or of those of one rule. */
export const fixAll = ({ findings, texts }: Judgement): ReadonlyMap<string, string> =>
  applyFix(
    texts,
    findings.flatMap(({ fixes }) => fixes.slice(0, 1)),
  );
