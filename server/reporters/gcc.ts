/** `--format gcc`: lines that every editor's list of errors understands. Columns count bytes, as compilers' do. */
import type { Severity } from "../analysis/finding.ts";
import { type FlatFinding, flatFindings, type Range } from "./flat.ts";
import type { Report } from "./report.ts";

const words: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note", style: "note" };

export const reportGcc = (report: Report): string => flatFindings(report).flatMap(linesOf).join("");

const linesOf = (finding: FlatFinding): readonly string[] => [
  line(finding, words[finding.severity], `${finding.message} [${finding.rule}]`),
  ...finding.remarks.map((remark) => line(finding, "note", remark)),
  ...finding.related.map((related) => line(related, "note", related.message)),
];

const line = ({ file, start }: Range, word: string, message: string): string =>
  `${file}:${start.line}:${start.byte}: ${word}: ${message}\n`;
