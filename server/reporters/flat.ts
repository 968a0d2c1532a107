/**
 * Findings as the formats for programs take them: every text masked and safe to print, every place in lines and columns. What
 * stands in a finding's notes without a place of its own goes with the message.
 */
import type { Site } from "../../grammar/text.ts";
import type { Fix, Severity } from "../analysis/finding.ts";
import { printable } from "./cells.ts";
import { fingerprintsOf } from "./fingerprints.ts";
import { linesOf, type Lines, type Report } from "./report.ts";
import { secretsOf } from "./secrets.ts";

export interface Position {
  /** Both from 1, the column in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** The column in bytes of UTF-8, from 1. */
  readonly byte: number;
}

export interface Range {
  readonly file: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export interface FlatEdit extends Range {
  readonly replacement: string;
}

export interface FlatFix {
  readonly title: string;
  readonly safety: Fix["safety"];
  readonly edits: readonly FlatEdit[];
}

export interface FlatFinding extends Range {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly nodes: readonly string[];
  readonly cluster: string;
  /** Notes with a place. */
  readonly related: readonly (Range & { readonly message: string })[];
  /** Notes without one. */
  readonly remarks: readonly string[];
  /** Those that put no secret into the report. */
  readonly fixes: readonly FlatFix[];
  /** The same as long as the line says the same, wherever it moves to in its file. */
  readonly fingerprint: string;
}

export const flatFindings = (report: Report): readonly FlatFinding[] => {
  const lines = linesOf(report.textOf, report.shown);
  const secrets = secretsOf(report.project, report.textOf);
  const fingerprints = fingerprintsOf(report, lines, secrets);
  return report.findings.map((finding, index): FlatFinding => {
    const say = (text: string): string => printable(secrets.maskIn(text, finding));
    return {
      ...rangeOf(finding.at, lines),
      rule: finding.rule,
      severity: finding.severity,
      message: say(finding.message),
      nodes: finding.nodes.map(printable),
      cluster: printable(finding.cluster),
      related: finding.notes.flatMap(({ message, at }) => (at === undefined ? [] : [{ ...rangeOf(at, lines), message: say(message) }])),
      remarks: finding.notes.flatMap(({ message, at }) => (at === undefined ? [say(message)] : [])),
      fixes: finding.fixes.filter(({ edits }) => !edits.some(secrets.isSecretEdit)).map((fix) => flatFix(fix, say, lines)),
      fingerprint: fingerprints[index]!,
    };
  });
};

const flatFix = ({ title, safety, edits }: Fix, say: (text: string) => string, lines: Lines): FlatFix => ({
  title: say(title),
  safety,
  edits: edits.map(({ at, replacement }) => ({ ...rangeOf(at, lines), replacement })),
});

const rangeOf = ({ file, span }: Site, lines: Lines): Range => ({
  file: printable(lines.name(file)),
  start: positionOf(file, span.start, lines),
  end: positionOf(file, span.end, lines),
});

const positionOf = (file: string, offset: number, lines: Lines): Position => {
  const { line, column } = lines.position(file, offset);
  return { line, column, byte: 1 + bytesOf(lines.text(file, line).slice(0, column - 1)) };
};

/** In UTF-8; what was a single byte of something else is one again. */
const bytesOf = (text: string): number => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) bytes += 1;
    else bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/** The message with its remarks, for formats that have one text. */
export const wholeMessage = ({ message, remarks }: FlatFinding): string => [message, ...remarks].join("\n");

/** "db2/keepalived.conf:4: 60 on db1", for formats that have no place for other places. */
export const relatedLines = ({ related }: FlatFinding): readonly string[] =>
  related.map(({ file, start, message }) => `${file}:${start.line}: ${message}`);
