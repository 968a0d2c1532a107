/** Which part of the picture a finding is about: the smallest text around its place, and around those of its notes on other machines. */
import type { Site } from "../../../grammar/text.ts";
import { type Finding, severities, type Severity } from "../../analysis/finding.ts";
import type { Draft, DraftBox, DraftEdge, DraftRow, Place } from "./draft.ts";
import type { Judged } from "./graph.ts";

/** A part of a draft that a finding can be about. */
export type Part = DraftBox | DraftEdge | DraftRow;

interface Candidate {
  readonly place: Place;
  readonly part: Part;
  /** The box or edge it is a line of. */
  readonly whole: DraftBox | DraftEdge;
}

export interface JudgedFinding {
  readonly number: number;
  readonly finding: Finding;
}

/** The numbers of the findings of every part. */
export const judgedParts = (draft: Draft, findings: readonly JudgedFinding[]): ReadonlyMap<Part, Judged> => {
  const byFile = new Map<string, Candidate[]>();
  for (const candidate of candidatesOf(draft)) {
    const { file } = candidate.place.site;
    const list = byFile.get(file);
    if (list === undefined) byFile.set(file, [candidate]);
    else list.push(candidate);
  }
  const numbers = new Map<Part, Set<number>>();
  const note = (part: Part, number: number): void => {
    const known = numbers.get(part);
    if (known === undefined) numbers.set(part, new Set([number]));
    else known.add(number);
  };
  for (const { number, finding } of findings) {
    for (const site of sitesOf(finding)) {
      for (const { part, whole } of nearest(byFile.get(site.file) ?? [], site, finding)) {
        note(part, number);
        note(whole, number);
        // What two members disagree about is the router's matter.
        if ("kind" in whole && whole.kind === "member" && finding.nodes.length > 1) note(whole.to, number);
      }
    }
  }
  const severityOf = new Map(findings.map(({ number, finding }) => [number, finding.severity]));
  return new Map([...numbers].map(([part, found]) => [part, judged([...found], severityOf)]));
};

const judged = (numbers: readonly number[], severityOf: ReadonlyMap<number, Severity>): Judged => {
  const worst = worstOf(numbers.map((number) => severityOf.get(number)));
  return { findings: numbers.toSorted((a, b) => a - b), ...(worst === undefined ? {} : { severity: worst }) };
};

export const worstOf = (all: readonly (Severity | undefined)[]): Severity | undefined =>
  severities.find((severity) => all.includes(severity));

function* candidatesOf(draft: Draft): Generator<Candidate> {
  for (const box of draft.boxes.values()) {
    for (const place of box.places) yield { place, part: box, whole: box };
    for (const row of box.rows) for (const place of row.places) yield { place, part: row, whole: box };
  }
  for (const edge of draft.edges.values()) for (const place of edge.places) yield { place, part: edge, whole: edge };
}

/** Its own place, and for every other machine it concerns the first one that a note names there. */
const sitesOf = ({ at, notes, nodes }: Finding): readonly Site[] => {
  if (nodes.length < 2) return [at];
  const found = new Map([[at.file, at]]);
  for (const note of notes) if (note.at !== undefined && !found.has(note.at.file)) found.set(note.at.file, note.at);
  return [...found.values()];
};

const nearest = (candidates: readonly Candidate[], { span }: Site, { nodes }: Finding): readonly Candidate[] => {
  let smallest = Number.POSITIVE_INFINITY;
  let found: Candidate[] = [];
  for (const candidate of candidates) {
    const { site, node } = candidate.place;
    if (site.span.start > span.start || span.start > site.span.end) continue;
    if (nodes.length > 0 && !nodes.includes(node)) continue;
    const length = site.span.end - site.span.start;
    if (length > smallest) continue;
    if (length < smallest) found = [];
    smallest = length;
    found.push(candidate);
  }
  // An edge and a box with the same text: a box is where people look. An address of its own statement is a box too.
  const boxes = found.filter(({ whole }) => !("from" in whole));
  return boxes.length > 0 ? boxes : found;
};
