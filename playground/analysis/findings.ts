/** Findings as the page shows them: places with lines, and no secret in any message. */
import { shownFindings } from "../../server/features/shown.ts";
import type { Site } from "../../grammar/text.ts";
import type { Finding, Note } from "../../server/analysis/finding.ts";
import { linesOf, type Lines } from "../../server/reporters/report.ts";
import { secretsOf } from "../../server/reporters/secrets.ts";
import type { Snapshot } from "../../server/workspace.ts";
import type { Mark, Place, ShownFinding, ShownNote } from "../messages.ts";

export const findingsShown = (
  snapshot: Snapshot,
  textOf: (file: string) => string | undefined,
): { readonly findings: readonly ShownFinding[]; readonly marks: readonly Mark[] } => {
  const { analysis, project, problems } = snapshot;
  const lines = linesOf(textOf);
  const secrets = secretsOf(project, textOf);
  const findings = analysis.findings.map((finding) => shown(finding, lines, (text) => secrets.maskIn(text, finding)));
  const marks = [...shownFindings(snapshot, () => true).values()].flat().map(({ finding, at, message }): Mark => ({
    at: placeOf(at, lines),
    message: secrets.maskIn(message, finding),
    finding: analysis.findings.indexOf(finding),
  }));
  const wrong = problems.map(({ site, message }): ShownFinding => ({
    rule: "kalint.toml",
    severity: "error",
    message,
    at: placeOf(site, lines),
    nodes: [],
    notes: [],
    fixes: [],
  }));
  return {
    findings: [...findings, ...wrong],
    marks: [...marks, ...wrong.map(({ at, message }, index) => ({ at, message, finding: findings.length + index }))],
  };
};

const shown = (
  { rule, severity, message, at, nodes, notes, fixes }: Finding,
  lines: Lines,
  say: (text: string) => string,
): ShownFinding => ({
  rule,
  severity,
  message: say(message),
  at: placeOf(at, lines),
  nodes,
  notes: notes.map((note) => noteShown(note, lines, say)),
  fixes: fixes.map(({ title, safety, edits }) => ({
    title: say(title),
    safety,
    edits: edits.map((edit) => ({ file: edit.at.file, ...edit.at.span, replacement: edit.replacement })),
  })),
});

const noteShown = ({ message, at }: Note, lines: Lines, say: (text: string) => string): ShownNote => ({
  message: say(message),
  ...(at === undefined ? {} : { at: placeOf(at, lines) }),
});

const placeOf = ({ file, span }: Site, lines: Lines): Place => ({
  file,
  start: span.start,
  end: span.end,
  line: lines.position(file, span.start).line,
});
