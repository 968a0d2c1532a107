/** `--format json`: the shape is binding (docs/ci.md); the same input gives the same bytes. */
import type { Site } from "../../grammar/text.ts";
import type { Finding, Fix, Note } from "../analysis/finding.ts";
import { jsonText } from "./json-text.ts";
import { linesOf, ruleDocs, summaryOf, type Lines, type Report } from "./report.ts";
import { mask } from "../analysis/mask.ts";
import { secretsOf, type Secrets } from "./secrets.ts";

/** The whole document, with a line end. */
export const reportJson = (report: Report): string =>
  jsonText({ version: 1, tool: report.tool, findings: findingsJson(report), summary: summaryOf(report) });

/** The findings alone. */
export const findingsJson = (report: Report): readonly object[] => {
  const lines = linesOf(report.textOf, report.shown);
  const secrets = secretsOf(report.project, report.textOf);
  return report.findings.map((finding) => findingJson(finding, lines, secrets));
};

const findingJson = (finding: Finding, lines: Lines, secrets: Secrets): object => {
  const say = (text: string): string => secrets.maskIn(text, finding);
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: say(finding.message),
    file: lines.name(finding.at.file),
    nodes: finding.nodes,
    ...placeJson(finding.at, lines),
    notes: finding.notes.map((note) => noteJson(note, lines, say)),
    fixes: finding.fixes.map((fix) => fixJson(fix, lines, secrets, say)),
    docs: ruleDocs(finding.rule),
  };
};

const placeJson = ({ file, span }: Site, lines: Lines): object => ({
  start: { ...lines.position(file, span.start), offset: span.start },
  end: { ...lines.position(file, span.end), offset: span.end },
});

const noteJson = ({ message, at }: Note, lines: Lines, say: (text: string) => string): object => ({
  message: say(message),
  ...(at === undefined ? {} : { file: lines.name(at.file), ...placeJson(at, lines) }),
});

const fixJson = ({ title, safety, edits }: Fix, lines: Lines, secrets: Secrets, say: (text: string) => string): object => ({
  title: say(title),
  safety,
  edits: edits.map((edit) => ({
    file: lines.name(edit.at.file),
    ...placeJson(edit.at, lines),
    ...(secrets.isSecretEdit(edit) ? { replacement: mask, secret: true } : { replacement: edit.replacement }),
  })),
});
