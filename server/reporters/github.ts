/** `--format github`: workflow commands, which GitHub Actions turns into annotations of the changed lines. */
import type { Severity } from "../analysis/finding.ts";
import { type FlatFinding, flatFindings, relatedLines, wholeMessage } from "./flat.ts";
import type { Report } from "./report.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice", style: "notice" };

export const reportGithub = (report: Report): string => flatFindings(report).map(command).join("");

const command = (finding: FlatFinding): string => {
  const { file, start, end, rule, severity } = finding;
  const properties = {
    file,
    line: start.line,
    endLine: end.line,
    // Columns mean something on one line only.
    ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
    title: `kalint: ${rule}`,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${commands[severity]} ${list.join(",")}::${data([wholeMessage(finding), ...relatedLines(finding)].join("\n"))}\n`;
};

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
