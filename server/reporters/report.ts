/** What a reporter is given: everything a run learned. Reporters are pure; the front end writes what they return. */
import { lineIndex, lineText, positionAt, type LineIndex } from "../../grammar/text.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { Finding, Severity } from "../analysis/finding.ts";
import type { LeftOut } from "../analysis/fixing.ts";
import type { Project } from "../model/cluster/project.ts";

export interface Report {
  readonly tool: { readonly name: "kalint"; readonly version: string };
  readonly project: Project;
  /** Those of the given paths, sorted. */
  readonly findings: readonly Finding[];
  readonly crashes: readonly { readonly rule: string; readonly error: string }[];
  readonly textOf: (file: string) => string | undefined;
  /** The name of a file from the working directory on; without it, names count from there already. */
  readonly shown?: (file: string) => string;
  /** The targeted version, when somebody stated one. */
  readonly version?: Version;
  /** How many findings were left out because they are in the baseline. */
  readonly baselined?: number;
  /** Part of another report: what was looked at and what can be fixed is told there. */
  readonly isPart?: true;
  /** What fix runs would do about it; without it, nobody tried. */
  readonly fixable?: Fixable;
  /** What was changed in the files before this was found, in words. */
  readonly changed?: string;
  /** What is known of a rule besides its findings, for formats that describe the rules. */
  readonly rules?: (id: string) => RuleFacts | undefined;
}

export interface Fixable {
  /** Fixes that `--fix` applies. */
  readonly safe: number;
  /** Fixes that `--fix-review` applies besides. */
  readonly review: number;
  /** Those that neither does. */
  readonly leftOut: readonly LeftOut[];
}

/** As many as there are fixes: some may exclude each other, or make a new error. */
export const offeredFixes = (findings: readonly Finding[]): Omit<Fixable, "leftOut"> => {
  const safe = findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === "safe")).length;
  return { safe, review: findings.filter(({ fixes }) => fixes.length > 0).length - safe };
};

export interface RuleFacts {
  readonly summary: string;
  readonly group: string;
  readonly severity: Severity;
  /** Its page, as Markdown. */
  readonly page?: string;
}

/** The files a report is about, by the names that are shown for them. */
export const judgedFiles = ({ project, shown = (file) => file }: Pick<Report, "project" | "shown">): readonly string[] =>
  project.files.map((file) => shown(file));

/** Where the page of a rule lies, from the root of the package. */
export const ruleDocs = (rule: string): string => `docs/rules/${rule}.md`;

export interface Summary {
  readonly files: number;
  /** All machines, with and without keepalived. */
  readonly nodes: number;
  /** Groups of two or more. */
  readonly clusters: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

export const summaryOf = ({ project, findings }: Report): Summary => {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    files: project.files.length,
    nodes: project.clusters.reduce((sum, { nodes }) => sum + nodes.length, 0),
    clusters: project.clusters.filter(({ nodes }) => nodes.length > 1).length,
    error: count("error"),
    warning: count("warning"),
    info: count("info"),
  };
};

export interface Lines {
  /** The name that is shown for a file. */
  readonly name: (file: string) => string;
  /** Line and column of an offset, both from 1, the column in UTF-16 units. An offset behind the end is the end. */
  readonly position: (file: string, offset: number) => { readonly line: number; readonly column: number };
  /** A line, counted from 1, without its line end. */
  readonly text: (file: string, line: number) => string;
  /** The offset at which a line begins. */
  readonly start: (file: string, line: number) => number;
}

/** Lines of the files of a report; each file's index is made once. */
export const linesOf = (textOf: Report["textOf"], shown: Report["shown"] = (file) => file): Lines => {
  const indexes = new Map<string, { readonly text: string; readonly index: LineIndex }>();
  const get = (file: string): { readonly text: string; readonly index: LineIndex } => {
    const known = indexes.get(file);
    if (known !== undefined) return known;
    const text = textOf(file) ?? "";
    const made = { text, index: lineIndex(text) };
    indexes.set(file, made);
    return made;
  };
  return {
    name: shown,
    position: (file, offset) => {
      const { text, index } = get(file);
      return positionAt(index, Math.min(Math.max(offset, 0), text.length));
    },
    text: (file, line) => {
      const { text, index } = get(file);
      return lineText(text, index, line);
    },
    start: (file, line) => get(file).index[line - 1] ?? 0,
  };
};
