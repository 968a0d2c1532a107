/**
 * Fixing in rounds: what can be applied together is applied, the result is judged again, until there is nothing left to
 * apply. A fix after which there is an error that was not there before is taken back. Nothing is written here.
 */
import type { Finding, Fix } from "./finding.ts";
import { applyFix, compatible } from "./fix.ts";

/** Findings of one state of the texts. */
export interface Judged {
  /** Everything that is wrong, also in files nobody asked about: a fix must not make it worse. */
  readonly all: readonly Finding[];
  /** What is reported, in the order of the report: the only findings that are fixed. */
  readonly reported: readonly Finding[];
}

export interface FixingRequest {
  readonly first: Judged;
  /** Judges the files as they are, but for these texts. */
  readonly judge: (texts: ReadonlyMap<string, string>) => Judged;
  /** The text of a file as it is; undefined where it cannot be read. */
  readonly textOf: (file: string) => string | undefined;
  readonly mayEdit: (file: string) => boolean;
  /** Applies fixes that change what the daemon does as well. */
  readonly review: boolean;
}

export interface Fixing {
  /** Files that say something else now. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many fixes made the difference. */
  readonly applied: number;
  /** Findings whose fix would have brought a new error. */
  readonly dropped: readonly Finding[];
  /** There is more to fix: the bound of rounds was reached. */
  readonly unfinished: boolean;
  readonly judged: Judged;
}

/** Fixes uncover one another a few times at most; more is two that undo each other. */
const mostRounds = 20;
/** Judgements of one round in search of fixes that do harm. Behind it those that are left in doubt are dropped together. */
const mostJudgements = 60;

interface Candidate {
  readonly finding: Finding;
  readonly fix: Fix;
}

interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly judged: Judged;
}

export const fixRounds = ({ first, judge, textOf, mayEdit, review }: FixingRequest): Fixing => {
  const dropped = new Map<string, Finding>();
  const seen = new Set<string>();
  let state: State = { texts: new Map(), judged: first };
  let applied = 0;
  /** How many had been applied when one was dropped last: what others change may make it harmless. */
  let droppedAt = 0;

  const harmless = (base: State, candidates: readonly Candidate[]): readonly Candidate[] => {
    const { good, bad } = withoutHarm(candidates, (tried) => newErrors(base.judged, judge(textsAfter(base.texts, tried, textOf))));
    for (const { finding, fix } of bad) dropped.set(keyOf(finding, fix), finding);
    if (bad.length > 0) droppedAt = applied;
    return good;
  };

  for (let round = 0; round < mostRounds; round++) {
    const wanted = state.judged.reported.flatMap((finding): readonly Candidate[] => {
      const fix = finding.fixes.find(({ safety }) => review || safety === "safe");
      if (fix === undefined || dropped.has(keyOf(finding, fix))) return [];
      return fix.edits.length > 0 && fix.edits.every(({ at }) => mayEdit(at.file)) ? [{ finding, fix }] : [];
    });
    const { taken } = compatible(wanted, ({ fix }) => fix);
    const good = harmless(state, taken);
    if (taken.length === 0 && dropped.size > 0 && applied > droppedAt) {
      dropped.clear();
      continue;
    }
    if (good.length === 0 && taken.length === 0)
      return { ...result(state, textOf), applied, dropped: [...dropped.values()], unfinished: false };
    if (good.length === 0) continue;
    const texts = textsAfter(state.texts, good, textOf);
    // Two fixes that undo each other come back to where they were.
    const looks = JSON.stringify([...texts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    if (seen.has(looks)) break;
    seen.add(looks);
    applied += good.length;
    state = { texts, judged: judge(texts) };
  }
  return { ...result(state, textOf), applied, dropped: [...dropped.values()], unfinished: true };
};

const result = ({ texts, judged }: State, textOf: FixingRequest["textOf"]): Pick<Fixing, "texts" | "judged"> => ({
  texts: new Map([...texts].filter(([file, text]) => text !== textOf(file))),
  judged,
});

const textsAfter = (
  texts: ReadonlyMap<string, string>,
  candidates: readonly Candidate[],
  textOf: FixingRequest["textOf"],
): ReadonlyMap<string, string> => {
  const before = new Map(texts);
  for (const { fix } of candidates)
    for (const { at } of fix.edits) {
      const text = before.get(at.file) ?? textOf(at.file);
      if (text !== undefined) before.set(at.file, text);
    }
  return applyFix(
    before,
    candidates.map(({ fix }) => fix),
  );
};

/** The same finding in the next round, wherever its line has moved to. */
const keyOf = ({ rule, at, message }: Finding, { title }: Fix): string => JSON.stringify([rule, at.file, message, title]);

/** One error for each that there is more of than before. They are counted by rule and file: what only moved, or reads differently now, is not new. */
const newErrors = (before: Judged, after: Judged): readonly Finding[] => {
  const keyOfError = ({ rule, at }: Finding): string => `${rule}\n${at.file}`;
  const counts = new Map<string, number>();
  for (const finding of before.all)
    if (finding.severity === "error") counts.set(keyOfError(finding), (counts.get(keyOfError(finding)) ?? 0) + 1);
  return after.all.filter((finding) => {
    if (finding.severity !== "error") return false;
    const left = counts.get(keyOfError(finding)) ?? 0;
    counts.set(keyOfError(finding), left - 1);
    return left <= 0;
  });
};

interface Group {
  good: readonly Candidate[];
  /** Pieces that are still to be tried, the next one first. */
  queue: (readonly Candidate[])[];
  bad: readonly Candidate[];
}

/**
 * The candidates without those that bring an error, found by halving. Clusters do not influence each other: the halves of all of
 * them are tried in one judgement.
 */
const withoutHarm = (
  candidates: readonly Candidate[],
  errorsAfter: (tried: readonly Candidate[]) => readonly Finding[],
): { readonly good: readonly Candidate[]; readonly bad: readonly Candidate[] } => {
  const groups = new Map<string, Group>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.finding.cluster) ?? { good: [], queue: [[]], bad: [] };
    group.queue = [[...group.queue[0]!, candidate]];
    groups.set(candidate.finding.cluster, group);
  }
  const all = [...groups.values()];
  for (let judgements = 0; all.some(({ queue }) => queue.length > 0) && judgements < mostJudgements; judgements++) {
    const errors = errorsAfter(all.flatMap(({ good, queue }) => [...good, ...(queue[0] ?? [])]));
    const blamed = new Set(errors.flatMap((error) => suspects(error, groups)));
    for (const group of all) {
      const [piece, ...rest] = group.queue;
      if (piece === undefined) continue;
      const middle = piece.length >> 1;
      if (!blamed.has(group)) Object.assign(group, { good: [...group.good, ...piece], queue: rest });
      else if (piece.length === 1) Object.assign(group, { bad: [...group.bad, ...piece], queue: rest });
      else group.queue = [piece.slice(0, middle), piece.slice(middle), ...rest];
    }
  }
  return { good: all.flatMap(({ good }) => good), bad: all.flatMap(({ bad, queue }) => [...bad, ...queue.flat()]) };
};

/** Whose fixes may have brought an error: those of its cluster or of its file, else any. */
const suspects = ({ cluster, at }: Finding, groups: ReadonlyMap<string, Group>): readonly Group[] => {
  const own = groups.get(cluster);
  if (own !== undefined) return [own];
  const all = [...groups.values()].filter(({ queue }) => queue.length > 0);
  const ofFile = all.filter(({ queue }) => queue[0]!.some(({ fix }) => fix.edits.some((edit) => edit.at.file === at.file)));
  return ofFile.length > 0 ? ofFile : all;
};
