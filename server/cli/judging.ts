/** Judging what was opened: once for a report, again for files that say something else. */
import { severities, type Finding } from "../analysis/finding.ts";
import { analysisSteps, byPlace } from "../analysis/run.ts";
import { turned } from "../analysis/turned.ts";
import { overlay } from "../host/memory.ts";
import { createMemo } from "../model/cluster/memo.ts";
import type { LinkedScript } from "../model/cluster/model.ts";
import { projectSteps, type Project } from "../model/cluster/project.ts";
import { isSystemPath } from "../model/cluster/scripts.ts";
import type { Report } from "../reporters/report.ts";
import { rules } from "../rules/index.ts";
import type { CheckRequest, FailOn } from "./invocation.ts";
import type { OpenProject } from "./project.ts";
import { progress, type Progress } from "./terminal.ts";
import { toolVersion } from "./version.ts";

export interface Judgement {
  readonly report: Report;
  /** Findings of every file that was read, also of those nobody asked about. */
  readonly all: readonly Finding[];
  /** Whether findings of a file are reported. */
  readonly wanted: (file: string) => boolean;
}

/** Judges the files as they are but for some texts. With `again`, what was made of the others is kept for the next time. */
export type Judge = (texts?: ReadonlyMap<string, string>) => Judgement;

export const judging = (opened: OpenProject, asked: CheckRequest["rules"], again: boolean): Judge => {
  const { version, ruleSettings, shown } = opened;
  const stated = version === undefined ? {} : { version };
  const memo = again ? { memo: opened.request.memo ?? createMemo() } : {};
  return (texts) => {
    const bar = progress();
    const changed = texts === undefined || texts.size === 0 ? undefined : texts;
    const files = changed === undefined ? opened.files : overlay(opened.files, changed);
    const textOf = (file: string): string | undefined => changed?.get(file) ?? opened.textOf(file);
    const project = completed(projectSteps({ ...opened.request, ...memo, files }), bar, "reading configurations");
    const options = { rules: asked, settings: ruleSettings, textOf, ...stated };
    const analysis = completed(analysisSteps(project, rules, options), bar, "asking the rules");
    bar.end();
    const wanted = wantedFiles(project, opened.reports);
    const report: Report = {
      tool: { name: "kalint", version: toolVersion },
      project,
      findings: analysis.findings
        .flatMap((finding) => (wanted(finding.at.file) ? finding : (turned(finding, project, wanted) ?? [])))
        .toSorted(byPlace),
      crashes: analysis.crashes,
      textOf,
      shown,
      ...stated,
    };
    return { report, all: analysis.findings, wanted };
  };
};

export const fails = (findings: readonly Finding[], failOn: FailOn): boolean =>
  failOn !== "never" && findings.some(({ severity }) => severities.indexOf(severity) <= severities.indexOf(failOn));

/** What a given configuration includes is part of it, and so are the scripts it names, but for those of the distribution. */
const wantedFiles = (project: Project, given: (file: string) => boolean): ((file: string) => boolean) => {
  const parts = new Set(
    project.clusters
      .flatMap(({ nodes }) => nodes)
      .flatMap(({ configuration, linkedScripts }) =>
        configuration !== undefined && given(configuration.file)
          ? [...configuration.expansion.files, ...linkedScripts.flatMap(ownScript)]
          : [],
      ),
  );
  return (file) => given(file) || parts.has(file);
};

const ownScript = ({ path, interpreted, resolution }: LinkedScript): readonly string[] =>
  resolution.kind === "found" && !isSystemPath((interpreted ?? path).value) ? [resolution.file] : [];

/** The same, with the answer to the last question kept: rounds of fixes end with what they have just tried. */
export const remembering = (judge: Judge): Judge => {
  let last: { readonly texts: ReadonlyMap<string, string>; readonly judgement: Judgement } | undefined;
  return (texts = new Map()) => {
    if (last === undefined || !sameTexts(last.texts, texts)) last = { texts, judgement: judge(texts) };
    return last.judgement;
  };
};

const sameTexts = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([file, text]) => b.get(file) === text);

/** Runs the pieces of a run one after the other. */
const completed = <T>(steps: Generator<undefined, T, undefined>, bar: Progress, doing: string): T => {
  for (let count = 1; ; count++) {
    const { done, value } = steps.next();
    if (done === true) return value;
    bar.tick(() => `${doing}… ${count}`);
  }
};
