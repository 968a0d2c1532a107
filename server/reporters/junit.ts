/**
 * `--format junit`: a suite for every file that was read, a test for every finding in it. Errors and warnings are failures;
 * what only informs is a test that passes and says so in its output.
 */
import { printable } from "./cells.ts";
import { type FlatFinding, flatFindings, relatedLines, wholeMessage } from "./flat.ts";
import type { Report } from "./report.ts";
import { xmlAttributes, xmlText } from "./xml.ts";

export const reportJunit = (report: Report): string => {
  const { shown = (file: string) => file } = report;
  const files = new Map<string, FlatFinding[]>(report.project.files.map((file) => [printable(shown(file)), []]));
  for (const finding of flatFindings(report)) {
    const list = files.get(finding.file);
    if (list === undefined) files.set(finding.file, [finding]);
    else list.push(finding);
  }
  const suites = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([file, findings]) => suite(file, findings));
  const crashed = report.crashes.map(({ rule, error }) =>
    testcase({ name: rule, classname: "kalint" }, `      <error${xmlAttributes({ message: printable(`the rule crashed: ${error}`) })}/>\n`),
  );
  const broken =
    crashed.length === 0
      ? ""
      : `  <testsuite${xmlAttributes({ name: "kalint", tests: crashed.length, failures: 0, errors: crashed.length })}>\n${crashed.join("")}  </testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${xmlAttributes({ name: "kalint" })}>\n${suites.join("")}${broken}</testsuites>\n`;
};

const suite = (file: string, findings: readonly FlatFinding[]): string => {
  const failures = findings.filter(isFailure).length;
  const cases =
    findings.length === 0 ? [testcase({ name: "no findings", classname: file })] : findings.map((finding) => findingCase(file, finding));
  return `  <testsuite${xmlAttributes({ name: file, tests: cases.length, failures, errors: 0 })}>\n${cases.join("")}  </testsuite>\n`;
};

const isFailure = ({ severity }: FlatFinding): boolean => severity === "error" || severity === "warning";

const findingCase = (file: string, finding: FlatFinding): string => {
  const { rule, severity, message, start } = finding;
  const text = [`${file}:${start.line}:${start.column}: ${severity}: ${wholeMessage(finding)}`, ...relatedLines(finding)].join("\n");
  const about = { name: `${rule} (line ${start.line})`, classname: file };
  return testcase(
    about,
    isFailure(finding)
      ? `      <failure${xmlAttributes({ type: severity, message })}>${xmlText(text)}</failure>\n`
      : `      <system-out>${xmlText(text)}</system-out>\n`,
  );
};

const testcase = (attributes: Readonly<Record<string, string>>, content?: string): string =>
  content === undefined
    ? `    <testcase${xmlAttributes(attributes)}/>\n`
    : `    <testcase${xmlAttributes(attributes)}>\n${content}    </testcase>\n`;
