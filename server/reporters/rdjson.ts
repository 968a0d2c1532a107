/** `--format rdjson`: reviewdog's diagnostics. Its columns count bytes of UTF-8. */
import type { Severity } from "../analysis/finding.ts";
import { type FlatFinding, flatFindings, type Position, type Range, relatedLines, wholeMessage } from "./flat.ts";
import { jsonText } from "./json-text.ts";
import type { Report } from "./report.ts";

const severities: Readonly<Record<Severity, string>> = { error: "ERROR", warning: "WARNING", info: "INFO", style: "INFO" };

export const reportRdjson = (report: Report): string =>
  jsonText({ source: { name: report.tool.name }, diagnostics: flatFindings(report).map(diagnostic) });

const diagnostic = (finding: FlatFinding): object => ({
  message: [wholeMessage(finding), ...relatedLines(finding)].join("\n"),
  location: locationOf(finding),
  severity: severities[finding.severity],
  code: { value: finding.rule },
  suggestions: finding.fixes.flatMap(({ edits }) => {
    const [only] = edits;
    // A suggestion is one place of the same file.
    return edits.length === 1 && only !== undefined && only.file === finding.file ? [{ range: rangeOf(only), text: only.replacement }] : [];
  }),
});

const locationOf = (range: Range): object => ({ path: range.file, range: rangeOf(range) });

const rangeOf = ({ start, end }: Range): object => ({ start: place(start), end: place(end) });

const place = ({ line, byte }: Position): object => ({ line, column: byte });
