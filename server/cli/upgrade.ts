/**
 * `kalint upgrade --from V --to V`: what changes for a configuration between two versions of keepalived. It is judged for both:
 * keywords that come and go, values and defaults that mean something else, and defects of a version are what the rules know.
 */
import { lineIndex, positionAt } from "../../grammar/text.ts";
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import { changesBetween } from "../analysis/version-changes/index.ts";
import { wrapped } from "../reporters/cells.ts";
import type { Finding } from "../analysis/finding.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import { findingsJson } from "../reporters/json.ts";
import { jsonText } from "../reporters/json-text.ts";
import { reportPretty } from "../reporters/pretty.ts";
import type { Report } from "../reporters/report.ts";
import { plural } from "../reporters/words.ts";
import type { ReadRequest } from "./invocation.ts";
import { fails, type Judgement, judging } from "./judging.ts";
import { openProject, type OpenProject } from "./project.ts";
import { colours, terminalWidth, type Terminal } from "./terminal.ts";

export interface UpgradeRequest extends ReadRequest {
  readonly kind: "upgrade";
  readonly from: Version;
  readonly to: Version;
  readonly format: "pretty" | "json";
  readonly color?: boolean;
}

/** Exit status: 1 when the newer version brings a warning or an error, else 0; 2 for paths that cannot be read; 3 when a rule crashed. */
export const upgrade = async (request: UpgradeRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const judgements: Judgement[] = [];
  for (const version of [request.from, request.to]) {
    const opened = await openProject({ ...request, version }, cwd);
    if (opened.kind === "refused") {
      for (const line of opened.lines) terminal.complain(line);
      return 2;
    }
    judgements.push(judging(withoutNodeVersions(opened), new Map(), false)());
  }
  const [before, after] = judgements.map(({ report }) => report) as [Report, Report];
  if (after.project.clusters.length === 0) {
    terminal.complain(`no keepalived configuration in ${request.paths.length === 0 ? "the working directory" : request.paths.join(", ")}`);
    return 2;
  }
  const changes = changesMet(after, judgements[1]!.wanted, request);
  const come = { ...after, findings: without(after.findings, before.findings, request) };
  const gone = { ...before, findings: without(before.findings, after.findings, request) };
  if (request.format === "json") terminal.print(asJson(request, come, gone, changes));
  else await print(request, { come, gone, changes }, terminal);
  if ([...before.crashes, ...after.crashes].length > 0) return 3;
  return fails(come.findings, "warning") ? 1 : 0;
};

/** What a node runs today is what is to be changed. */
const withoutNodeVersions = (opened: OpenProject): OpenProject => {
  const { stated } = opened.request;
  if (stated === undefined) return opened;
  const clusters = stated.clusters.map((cluster) => ({
    ...cluster,
    nodes: cluster.nodes.map(({ version: _today, ...node }) => node),
  }));
  return { ...opened, request: { ...opened.request, stated: { ...stated, clusters } } };
};

/** A finding that says something else is another one, but not where only the name of the version differs. */
const without = (findings: readonly Finding[], others: readonly Finding[], { from, to }: UpgradeRequest): readonly Finding[] => {
  const keyOf = ({ rule, at, message, severity }: Finding): string =>
    JSON.stringify([rule, severity, at.file, at.span.start, at.span.end, message.replaceAll(from, "V").replaceAll(to, "V")]);
  const known = new Set(others.map(keyOf));
  return findings.filter((finding) => !known.has(keyOf(finding)));
};

/** A change with every place where this configuration meets it. */
interface MetChange {
  readonly id: string;
  readonly since: Version;
  /** What the version before does, and what the one behind. */
  readonly was: string;
  readonly is: string;
  /** Only on the way up: on the way down it is back as it was. */
  readonly todo?: string;
  readonly places: readonly { readonly file: string; readonly line: number }[];
}

const changesMet = (
  { project, textOf, shown = (file) => file }: Report,
  isAsked: Judgement["wanted"],
  { from, to }: UpgradeRequest,
): readonly MetChange[] => {
  const up = compareVersions(from, to) < 0;
  return changesBetween(from, to).flatMap(({ id, since, where, before, now, todo }): readonly MetChange[] => {
    const places = new Map<string, { readonly file: string; readonly line: number }>();
    for (const { nodes, template } of project.clusters)
      for (const { configuration } of nodes)
        for (const { file, span } of configuration === undefined || template !== undefined ? [] : where(configuration)) {
          if (!isAsked(file)) continue;
          const { line } = positionAt(lineIndex(textOf(file) ?? ""), span.start);
          places.set(`${file}:${line}`, { file: shown(file), line });
        }
    if (places.size === 0) return [];
    return [{ id, since, was: up ? before : now, is: up ? now : before, ...(up ? { todo } : {}), places: [...places.values()] }];
  });
};

const asJson = ({ from, to }: UpgradeRequest, come: Report, gone: Report, changes: readonly MetChange[]): string =>
  jsonText({ version: 1, tool: come.tool, from, to, come: findingsJson(come), gone: findingsJson(gone), changes });

const print = async (
  { from, to, color }: UpgradeRequest,
  { come, gone, changes }: { readonly come: Report; readonly gone: Report; readonly changes: readonly MetChange[] },
  terminal: Terminal,
): Promise<void> => {
  const paint = await colours(color);
  const width = terminalWidth();
  const options = { paint, ...(width === undefined ? {} : { width }) };
  const section = (title: string, report: Report): void => {
    if (report.findings.length > 0) terminal.print(`${paint.bold(title)}\n\n${reportPretty({ ...report, isPart: true }, options)}\n`);
  };
  section(`What ${to} brings`, come);
  section(`What only ${from} has`, gone);
  if (changes.length > 0) {
    const room = Math.min(width ?? 100, 100) - 4;
    const block = (text: string, mark: string): string =>
      wrapped(text, room)
        .map((line, index) => `${index === 0 ? mark : "    "}${line}\n`)
        .join("");
    terminal.print(`${paint.bold(`What ${to} does differently`)}\n\n`);
    for (const { since, was, is, todo, places } of changes) {
      const at = places.slice(0, 3).map(({ file, line }) => `${file}:${line}`);
      const more = places.length > 3 ? ` and ${places.length - 3} more` : "";
      terminal.print(block(`${is} (${since})`, "  * ").replace("  * ", `  ${paint.bold("*")} `));
      terminal.print(block(`before: ${was}`, "    "));
      terminal.print(block(`concerns ${at.join(", ")}${more}`, "    "));
      if (todo !== undefined) terminal.print(block(`do: ${todo}`, "    "));
      terminal.print("\n");
    }
  }
  const nothing = come.findings.length + gone.findings.length + changes.length === 0;
  terminal.print(
    nothing
      ? `nothing that kalint knows of changes for this configuration between ${from} and ${to}\n`
      : `from ${from} to ${to}: ${plural(come.findings.length, "finding")} more, ${plural(gone.findings.length, "finding")} less${changes.length === 0 ? "" : `, ${plural(changes.length, "change")} of behaviour`}\n`,
  );
  for (const unknown of [from, to].filter((version) => compareVersions(version, newestVersion) > 0))
    terminal.print(`what changed after ${newestVersion}, the newest known, is not known: ${unknown} is judged as that\n`);
  if (come.findings.length + gone.findings.length > 0)
    terminal.print(`${paint.dim("kalint explain RULE says what a finding means and what to do about it")}\n`);
};
