/**
 * What is true of a template whatever it makes. Every world was judged by itself; a finding stays that was made in each
 * world that holds its place, with the same words, and that is not about a mark. Its fixes touch no mark either.
 */
import type { Site } from "../../grammar/text.ts";
import { holdsSign } from "../../grammar/template/render.ts";
import type { Template } from "../../grammar/template/template.ts";
import type { Templates, World } from "../model/cluster/templates.ts";
import type { Finding, Fix, Note } from "./finding.ts";
import { severities } from "./finding.ts";

export interface Judged {
  readonly world: World;
  readonly findings: readonly Finding[];
}

export const inAllWorlds = (worlds: readonly Judged[], templates: Templates): readonly Finding[] => {
  const keys = worlds.map(({ findings }) => new Map(findings.map((finding) => [keyOf(finding), finding])));
  const seen = new Set<string>();
  return worlds.flatMap(({ findings }) =>
    findings.flatMap((finding) => {
      const key = keyOf(finding);
      if (seen.has(key)) return [];
      seen.add(key);
      if (isAboutMark(finding.at, templates) || isBehindMark(finding.at, templates)) return [];
      if (!templates.covers(finding.at)) return [];
      const holding = worlds.flatMap(({ world }, index) => (templates.holds(world, finding.at) ? [keys[index]!.get(key)] : []));
      const same = holding.filter((other) => other !== undefined);
      return same.length < holding.length ? [] : [common(finding, same, templates)];
    }),
  );
};

const keyOf = ({ rule, at, message }: Finding): string => JSON.stringify([rule, at.file, at.span.start, at.span.end, message]);

const common = (finding: Finding, same: readonly Finding[], templates: Templates): Finding => {
  const mildest = same.reduce((worst, { severity }) => Math.max(worst, severities.indexOf(severity)), 0);
  const agreed = (fix: Fix): boolean => same.every(({ fixes }) => fixes.some((other) => JSON.stringify(other) === JSON.stringify(fix)));
  const noted = (note: Note): boolean => same.every(({ notes }) => notes.some((other) => JSON.stringify(other) === JSON.stringify(note)));
  const { shown } = templates;
  return {
    ...finding,
    severity: severities[mildest]!,
    message: shown(finding.message, finding.at.file),
    notes: finding.notes.filter(noted).map((note) => ({ ...note, message: shown(note.message, note.at?.file ?? finding.at.file) })),
    fixes: finding.fixes.filter((fix) => agreed(fix) && leavesMarks(fix, templates)),
  };
};

/** Whether a place is a mark, or one word that holds one. What covers more than that is about what stands around it. */
const isAboutMark = ({ file, span }: Site, { byFile }: Templates): boolean => {
  const template = byFile.get(file);
  if (template === undefined) return false;
  const inside = template.marks.filter(({ start, end }) => start < span.end && span.start < end);
  if (inside.length === 0) return false;
  let rest = "";
  let at = span.start;
  for (const { start, end } of inside) {
    rest += template.text.slice(at, Math.max(at, start));
    at = end;
  }
  rest += template.text.slice(at, Math.max(at, span.end));
  return !/\s/u.test(rest);
};

/** Whether a mark stands before the place on its line: how many words it is nobody knows, so which one this is neither. */
const isBehindMark = ({ file, span }: Site, { byFile }: Templates): boolean => {
  const template = byFile.get(file);
  if (template === undefined) return false;
  const line = template.text.lastIndexOf("\n", span.start - 1) + 1;
  return template.marks.some(({ start, end, does }) => (does === "value" || does === "close") && start >= line && end <= span.start);
};

const leavesMarks = ({ title, edits }: Fix, { byFile }: Templates): boolean =>
  !holdsSign(title) &&
  edits.every(({ at, replacement }) => {
    const template = byFile.get(at.file);
    return !holdsSign(replacement) && (template === undefined || !touchesMark(template, at));
  });

const touchesMark = ({ marks, choices }: Template, { span }: Site): boolean =>
  marks.some(({ start, end }) => start < span.end && span.start < end) ||
  // What is put on the line between a mark and its text could be taken for part of either.
  choices.some(({ start, end }) => span.start < start && end < span.end);
