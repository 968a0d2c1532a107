/** `--format sarif`: SARIF 2.1.0, which code hosts and editors show. */
import type { Fix as SarifFix, Location, Log, PhysicalLocation, Region, ReportingDescriptor, Result } from "sarif";
import type { Severity } from "../analysis/finding.ts";
import { type FlatFinding, type FlatFix, flatFindings, type Range, wholeMessage } from "./flat.ts";
import type { Report } from "./report.ts";
import { jsonText } from "./json-text.ts";

const levels = { error: "error", warning: "warning", info: "note", style: "note" } as const satisfies Record<Severity, string>;

export const reportSarif = (report: Report): string => {
  const findings = flatFindings(report);
  const ids = [...new Set(findings.map(({ rule }) => rule))].toSorted();
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            rules: ids.map((id) => descriptor(id, report)),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: report.crashes.length === 0,
            toolExecutionNotifications: report.crashes.map(({ rule, error }) => ({
              level: "error",
              message: { text: `the rule ${rule} crashed and was skipped: ${error}` },
              associatedRule: { id: rule },
            })),
          },
        ],
        results: findings.map((finding) => result(finding, ids.indexOf(finding.rule))),
      },
    ],
  };
  return jsonText(log);
};

const descriptor = (id: string, { rules }: Report): ReportingDescriptor => {
  const facts = rules?.(id);
  if (facts === undefined) return { id };
  return {
    id,
    shortDescription: { text: facts.summary },
    fullDescription: { text: facts.summary },
    help: { text: facts.page ?? facts.summary, ...(facts.page === undefined ? {} : { markdown: facts.page }) },
    defaultConfiguration: { level: levels[facts.severity] },
    properties: { tags: ["keepalived", facts.group] },
  };
};

const result = (finding: FlatFinding, ruleIndex: number): Result => ({
  ruleId: finding.rule,
  ruleIndex,
  level: levels[finding.severity],
  message: { text: wholeMessage(finding) },
  locations: [
    {
      physicalLocation: physical(finding),
      logicalLocations: finding.nodes.map((name) => ({ name, fullyQualifiedName: `${finding.cluster}/${name}`, kind: "module" })),
    },
  ],
  relatedLocations: finding.related.map((related, id): Location => ({
    id,
    physicalLocation: physical(related),
    message: { text: related.message },
  })),
  partialFingerprints: { "kalint/v1": finding.fingerprint },
  fixes: finding.fixes.map(sarifFix),
});

const sarifFix = ({ title, safety, edits }: FlatFix): SarifFix => ({
  description: { text: safety === "safe" ? title : `${title} (changes what keepalived does)` },
  artifactChanges: [...new Set(edits.map(({ file }) => file))].map((file) => ({
    artifactLocation: { uri: uriOf(file) },
    replacements: edits
      .filter((edit) => edit.file === file)
      .map((edit) => ({
        deletedRegion: region(edit),
        ...(edit.replacement === "" ? {} : { insertedContent: { text: edit.replacement } }),
      })),
  })),
});

const physical = (range: Range): PhysicalLocation => ({ artifactLocation: { uri: uriOf(range.file) }, region: region(range) });

const region = ({ start, end }: Range): Region => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

/** A relative reference, or a file: address for an absolute path. */
const uriOf = (file: string): string => {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return file.startsWith("/") ? `file://${path}` : path;
};
