/** `kalint check`: reads, judges, reports. */
import type { Project } from "../model/cluster/project.ts";
import { judgedFiles, type Report } from "../reporters/report.ts";
import type { FixerContext } from "./fixer.ts";
import type { CheckRequest, Output } from "./invocation.ts";
import { fails, type Judgement, judging } from "./judging.ts";
import { openProject } from "./project.ts";
import { colours, terminalWidth, type Terminal } from "./terminal.ts";

/** Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, 3 a rule crashed; of --diff see changes.ts. */
export const check = async (request: CheckRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const refuse = (...lines: readonly string[]): number => {
    for (const line of lines) terminal.complain(line);
    return 2;
  };
  const asked = await askedRules(request);
  if (typeof asked === "string") return refuse(asked);
  const opened = await openProject(request, cwd);
  if (opened.kind === "refused") return refuse(...opened.lines);
  const { changes, outputs, paths } = request;
  const judge = judging(opened, asked, changes !== undefined);
  const found = judge();
  const { project } = found.report;
  const nothing = project.clusters.length === 0;
  const baseline = request.baseline === undefined ? undefined : await import("./baseline.ts");
  const keep = baseline?.reader(request, cwd);
  if (typeof keep === "string") return refuse(keep);
  const fixing: FixerContext = { judge, opened, request, ...(keep && { keep }) };
  let { report } = found;
  if (changes !== undefined && !nothing) {
    const done = (await import("./changes.ts")).change(changes, { ...fixing, found, cwd, terminal });
    if (done.kind === "ended") return done.status;
    ({ report } = done);
  }
  const left = baseline === undefined ? report : baseline.compared(report, request, cwd, terminal);
  if (typeof left === "string") return refuse(left);
  const forPeople = changes === undefined && outputs.some(({ format }) => format === "pretty");
  const told = forPeople ? await withFixable(left, found, { ...fixing, judge: judging(opened, asked, true) }) : left;
  for (const output of outputs) {
    // Programs that read a report get one in any case; people get the line below.
    if (nothing && output.format === "pretty" && output.file === undefined) continue;
    const problem = await write(told, output, request, cwd, terminal);
    if (problem !== undefined) return refuse(problem);
  }
  if (nothing) return refuse(nothingFound(paths, project, opened.shown));
  for (const { rule, error } of left.crashes)
    terminal.complain(`the rule ${rule} crashed and was skipped (${error}); this is a defect of kalint`);
  if (left.crashes.length > 0) return 3;
  return fails(left.findings, request.failOn) ? 1 : 0;
};

/** With what fix runs would do: people read it at the end. */
const withFixable = async (report: Report, judgement: Judgement, context: FixerContext): Promise<Report> => {
  if (report.findings.every(({ fixes }) => fixes.length === 0)) return report;
  const { fixer, wouldFix } = await import("./fixer.ts");
  const told = wouldFix(fixer(context), { texts: new Map(), judgement });
  return told === undefined ? report : { ...report, fixable: told };
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
  return openSink(cwd, judgedFiles(report)).write(file, new TextEncoder().encode(text));
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
