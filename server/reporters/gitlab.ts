/** `--format gitlab`: a code quality report, which GitLab shows in merge requests. */
import type { Severity } from "../analysis/finding.ts";
import { flatFindings, relatedLines, wholeMessage } from "./flat.ts";
import { jsonText } from "./json-text.ts";
import type { Report } from "./report.ts";

const severities: Readonly<Record<Severity, string>> = { error: "critical", warning: "major", info: "info", style: "minor" };

export const reportGitlab = (report: Report): string =>
  jsonText(
    flatFindings(report).map((finding) => ({
      description: [wholeMessage(finding), ...relatedLines(finding)].join("\n"),
      check_name: finding.rule,
      fingerprint: finding.fingerprint,
      severity: severities[finding.severity],
      location: { path: finding.file, lines: { begin: finding.start.line, end: finding.end.line } },
    })),
  );
