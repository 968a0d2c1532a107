/** `--format jsonl`: a line of JSON for every finding, each as `--format json` has it. */
import { findingsJson } from "./json.ts";
import { jsonText } from "./json-text.ts";
import type { Report } from "./report.ts";

export const reportJsonl = (report: Report): string =>
  findingsJson(report)
    .map((finding) => jsonText(finding, 0))
    .join("");
