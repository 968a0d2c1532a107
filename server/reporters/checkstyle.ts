/** `--format checkstyle`: the XML that Jenkins, SonarQube and many others read. */
import type { Severity } from "../analysis/finding.ts";
import { type FlatFinding, flatFindings, relatedLines, wholeMessage } from "./flat.ts";
import type { Report } from "./report.ts";
import { xmlAttributes } from "./xml.ts";

const severities: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "info", style: "info" };

export const reportCheckstyle = (report: Report): string => {
  const byFile = new Map<string, FlatFinding[]>();
  for (const finding of flatFindings(report)) {
    const list = byFile.get(finding.file);
    if (list === undefined) byFile.set(finding.file, [finding]);
    else list.push(finding);
  }
  const files = [...byFile].map(([name, findings]) => `  <file${xmlAttributes({ name })}>\n${findings.map(errorLine).join("")}  </file>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join("")}</checkstyle>\n`;
};

const errorLine = (finding: FlatFinding): string =>
  `    <error${xmlAttributes({
    line: finding.start.line,
    column: finding.start.column,
    severity: severities[finding.severity],
    message: [wholeMessage(finding), ...relatedLines(finding)].join("\n"),
    source: `kalint.${finding.rule}`,
  })}/>\n`;
