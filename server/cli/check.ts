/** `kalint check`: reads, judges, reports. */
import { severities, type Finding } from "../analysis/finding.ts";
import { analysisSteps, byPlace } from "../analysis/run.ts";
import { turned } from "../analysis/turned.ts";
import type { LinkedScript } from "../model/cluster/model.ts";
import { projectSteps, type Project } from "../model/cluster/project.ts";
import { isSystemPath } from "../model/cluster/scripts.ts";
import type { Report } from "../reporters/report.ts";
import { rules } from "../rules/index.ts";
import type { CheckRequest, FailOn, Output } from "./invocation.ts";
import { openProject } from "./project.ts";
import { colours, progress, terminalWidth, type Progress, type Terminal } from "./terminal.ts";
import { toolVersion } from "./version.ts";

/** Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, 3 a rule crashed. */
export const check = async (request: CheckRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const asked = await askedRules(request);
  if (typeof asked === "string") {
    terminal.complain(asked);
    return 2;
  }
  const opened = await openProject(request, cwd);
  if (opened.kind === "refused") {
    for (const line of opened.lines) terminal.complain(line);
    return 2;
  }
  const { textOf, version, ruleSettings, shown } = opened;
  const stated = version === undefined ? {} : { version };
  const bar = progress();
  const project = completed(projectSteps(opened.request), bar, "reading configurations");
  const options = { rules: asked, settings: ruleSettings, textOf, ...stated };
  const analysis = completed(analysisSteps(project, rules, options), bar, "asking the rules");
  bar.end();
  const wanted = wantedFiles(project, opened.reports);
  const found: Report = {
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
  const nothing = project.clusters.length === 0;
  const report = await compared(found, request, cwd, terminal);
  if (typeof report === "string") {
    terminal.complain(report);
    return 2;
  }
  for (const output of request.outputs) {
    // Programs that read a report get one in any case; people get the line below.
    if (nothing && output.format === "pretty" && output.file === undefined) continue;
    const problem = await write(report, output, request, cwd, terminal);
    if (problem === undefined) continue;
    terminal.complain(problem);
    return 2;
  }
  if (nothing) {
    terminal.complain(nothingFound(request.paths, project, shown));
    return 2;
  }
  for (const { rule, error } of report.crashes)
    terminal.complain(`the rule ${rule} crashed and was skipped (${error}); this is a defect of kalint`);
  if (report.crashes.length > 0) return 3;
  return fails(report.findings, request.failOn) ? 1 : 0;
};

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

const fails = (findings: readonly Finding[], failOn: FailOn): boolean =>
  failOn !== "never" && findings.some(({ severity }) => severities.indexOf(severity) <= severities.indexOf(failOn));

/** What --baseline leaves of a report; all of it where the baseline is written. One line when there is none. */
const compared = async (
  found: Report,
  { baseline, updateBaseline }: CheckRequest,
  cwd: string,
  terminal: Terminal,
): Promise<Report | string> => {
  if (baseline === undefined) return found;
  const { compare, update } = await import("./baseline.ts");
  const problem = updateBaseline === true ? update(found, baseline, cwd) : undefined;
  return problem ?? compare(found, baseline, cwd, terminal);
};

/** The severities of --rule by rule; one line when there is no such rule or group. */
const askedRules = async ({ rules: settings }: CheckRequest): Promise<CheckRequest["rules"] | string> =>
  settings.size === 0 ? settings : (await import("./rules.ts")).bySingleRule(settings);

/**
 * A run that judged nothing must not look like one that found nothing: in CI a wrong folder would stay green for ever
 * (ESLint and actionlint do the same).
 */
const nothingFound = (paths: readonly string[], { skipped }: Project, shown: (file: string) => string): string => {
  const where = paths.length === 0 ? "the working directory" : paths.join(", ");
  const [first] = skipped;
  const left =
    first === undefined
      ? ""
      : `; left out: ${shown(first.file)}, ${first.reason}${skipped.length > 1 ? `, and ${skipped.length - 1} more` : ""}`;
  return `no keepalived configuration in ${where}${left}`;
};

const write = async (
  report: Report,
  { format, file }: Output,
  request: CheckRequest,
  cwd: string,
  terminal: Terminal,
): Promise<string | undefined> => {
  const text = await formatted(report, format, file === undefined, request);
  if (file === undefined) {
    terminal.print(text);
    return undefined;
  }
  const { openSink } = await import("../host/sink.ts");
  return openSink(cwd).write(file, new TextEncoder().encode(text));
};

const formatted = async (report: Report, format: Output["format"], onScreen: boolean, { color }: CheckRequest): Promise<string> => {
  switch (format) {
    case "checkstyle":
      return (await import("../reporters/checkstyle.ts")).reportCheckstyle(report);
    case "gcc":
      return (await import("../reporters/gcc.ts")).reportGcc(report);
    case "github":
      return (await import("../reporters/github.ts")).reportGithub(report);
    case "gitlab":
      return (await import("../reporters/gitlab.ts")).reportGitlab(report);
    case "json":
      return (await import("../reporters/json.ts")).reportJson(report);
    case "jsonl":
      return (await import("../reporters/jsonl.ts")).reportJsonl(report);
    case "junit":
      return (await import("../reporters/junit.ts")).reportJunit(report);
    case "pretty": {
      const width = onScreen ? terminalWidth() : undefined;
      const paint = await colours(onScreen ? color : false);
      return (await import("../reporters/pretty.ts")).reportPretty(report, { paint, ...(width === undefined ? {} : { width }) });
    }
    case "rdjson":
      return (await import("../reporters/rdjson.ts")).reportRdjson(report);
    case "sarif": {
      const { ruleFacts } = await import("./pages.ts");
      return (await import("../reporters/sarif.ts")).reportSarif({ ...report, rules: ruleFacts });
    }
  }
};

/** Runs the pieces of a run one after the other. */
const completed = <T>(steps: Generator<undefined, T, undefined>, bar: Progress, doing: string): T => {
  for (let count = 1; ; count++) {
    const { done, value } = steps.next();
    if (done === true) return value;
    bar.tick(() => `${doing}… ${count}`);
  }
};
