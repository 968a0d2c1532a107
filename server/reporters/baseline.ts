/** A baseline: the findings that a team has agreed to live with for now. They are left out of later reports. */
import { flatFindings } from "./flat.ts";
import { jsonText } from "./json-text.ts";
import type { Report } from "./report.ts";

/** Fingerprints with the file of each. */
export type Baseline = ReadonlyMap<string, string>;

/** Everything that is found now, as a file to keep under version control: sorted, without positions. */
export const baselineText = (report: Report): string =>
  jsonText({
    version: 1,
    findings: flatFindings(report)
      .map(({ rule, file, message, fingerprint }) => ({ rule, file, message, fingerprint }))
      .toSorted((a, b) => order(a.file, b.file) || order(a.rule, b.rule) || order(a.fingerprint, b.fingerprint)),
  });

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Reads what `baselineText` wrote; a clause why not when it is something else. Never throws. */
export const readBaseline = (text: string): Baseline | string => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isObject(value) || !Array.isArray(value["findings"])) return "it is no baseline of kalint";
  if (value["version"] !== 1) return "it is a baseline of another version of kalint";
  const found = new Map<string, string>();
  for (const entry of value["findings"] as readonly unknown[]) {
    if (!isObject(entry)) return "it is no baseline of kalint";
    const { fingerprint, file } = entry;
    if (typeof fingerprint !== "string" || typeof file !== "string") return "an entry has no fingerprint or file";
    found.set(fingerprint, file);
  }
  return found;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

export interface Compared {
  /** The report without what is in the baseline. */
  readonly report: Report;
  /** Entries for files of this run that are found no more. */
  readonly stale: number;
}

export const withoutBaseline = (report: Report, baseline: Baseline): Compared => {
  const flat = flatFindings(report);
  const known = flat.map(({ fingerprint }) => baseline.has(fingerprint));
  const matched = new Set(flat.map(({ fingerprint }) => fingerprint));
  const { shown = (file: string) => file } = report;
  const files = new Set(report.project.files.map(shown));
  return {
    report: {
      ...report,
      findings: report.findings.filter((_, index) => !known[index]),
      baselined: known.filter(Boolean).length,
    },
    stale: [...baseline].filter(([fingerprint, file]) => files.has(file) && !matched.has(fingerprint)).length,
  };
};
