/**
 * Fixing in rounds: what can be applied together is applied, the result is judged again, until there is nothing left to
 * apply. A fix after which there is an error that was not there before is taken back, and so are fixes that undo each other.
 * Nothing is written here.
 */
import { type Finding, type Fix, fixKey } from "./finding.ts";
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
  /** How often may be judged; behind it the run ends unfinished. Without it, until it is done. */
  readonly judgements?: number;
}

/** A fix that is not applied, and what it would bring. */
export interface LeftOut {
  /** As it is reported of the texts that came out, where it still is. */
  readonly finding: Finding;
  readonly fix: Fix;
  /** `undone`: other fixes take back what it does. */
  readonly because: { readonly kind: "newError"; readonly error?: Finding } | { readonly kind: "undone" };
}

export interface Fixing {
  /** Files that say something else now. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many fixes made the difference. */
  readonly applied: number;
  readonly leftOut: readonly LeftOut[];
  /** There is more to fix: a bound was reached. */
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

/** A state on the way, and the fixes that led from it to the next. */
interface Step {
  readonly state: State;
  readonly looks: string;
  readonly good: readonly Candidate[];
}

export const fixRounds = (request: FixingRequest): Fixing => {
  const { first, textOf, mayEdit, review, judgements = Number.POSITIVE_INFINITY } = request;
  const harmful = new Map<string, LeftOut>();
  const undone = new Map<string, LeftOut>();
  const steps: Step[] = [];
  let state: State = { texts: new Map(), judged: first };
  let applied = 0;
  /** How many had been applied when one did harm last: what others change may make it harmless. */
  let harmAt = 0;
  let judged = 0;

  const judge = (texts: ReadonlyMap<string, string>): Judged => {
    judged++;
    return request.judge(texts);
  };

  const ended = (unfinished: boolean): Fixing => ({
    texts: changed(state.texts, textOf),
    applied,
    leftOut: asReported(new Map([...harmful, ...undone]), state.judged.reported),
    unfinished,
    judged: state.judged,
  });

  for (let round = 0; round < mostRounds; round++) {
    if (judged >= judgements) break;
    const wanted = state.judged.reported.flatMap((finding): readonly Candidate[] => {
      const fix = finding.fixes.find(({ safety }) => review || safety === "safe");
      if (fix === undefined) return [];
      const key = fixKey(finding, fix);
      if (harmful.has(key) || undone.has(key)) return [];
      return fix.edits.length > 0 && fix.edits.every(({ at }) => mayEdit(at.file)) ? [{ finding, fix }] : [];
    });
    const { taken } = compatible(wanted, ({ fix }) => fix);
    if (taken.length === 0) {
      if (harmful.size === 0 || applied === harmAt) return ended(false);
      harmful.clear();
      continue;
    }
    const { good, bad } = withoutHarm(taken, Math.min(mostJudgements, judgements - judged), (tried) =>
      newErrors(state.judged, judge(textsAfter(state.texts, tried, textOf))),
    );
    if (bad.length > 0) harmAt = applied;
    for (const left of bad) harmful.set(fixKey(left.finding, left.fix), left);
    if (good.length === 0) continue;
    const texts = textsAfter(state.texts, good, textOf);
    steps.push({ state, looks: looksOf(state.texts, textOf), good });
    const looks = looksOf(texts, textOf);
    const before = steps.findIndex((step) => step.looks === looks);
    if (before !== -1) {
      // Back at where it was: nothing between here and there has come to anything.
      for (const { finding, fix } of steps.slice(before).flatMap((step) => step.good))
        undone.set(fixKey(finding, fix), { finding, fix, because: { kind: "undone" } });
      applied -= steps.slice(before, -1).reduce((sum, step) => sum + step.good.length, 0);
      ({ state } = steps[before]!);
      steps.length = before;
      continue;
    }
    applied += good.length;
    state = { texts, judged: judge(texts) };
  }
  return ended(true);
};

const changed = (texts: ReadonlyMap<string, string>, textOf: FixingRequest["textOf"]): ReadonlyMap<string, string> =>
  new Map([...texts].filter(([file, text]) => text !== textOf(file)));

/** The same for the same texts, whichever files were changed on the way. */
const looksOf = (texts: ReadonlyMap<string, string>, textOf: FixingRequest["textOf"]): string =>
  JSON.stringify([...changed(texts, textOf)].toSorted(([a], [b]) => (a < b ? -1 : 1)));

const asReported = (leftOut: ReadonlyMap<string, LeftOut>, reported: readonly Finding[]): readonly LeftOut[] =>
  reported.flatMap((finding) =>
    finding.fixes.flatMap((fix) => {
      const left = leftOut.get(fixKey(finding, fix));
      return left === undefined ? [] : [{ ...left, finding, fix }];
    }),
  );

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
  bad: readonly LeftOut[];
}

/**
 * The candidates without those that bring an error, found by halving. Clusters do not influence each other: the halves of all of
 * them are tried in one judgement.
 */
const withoutHarm = (
  candidates: readonly Candidate[],
  most: number,
  errorsAfter: (tried: readonly Candidate[]) => readonly Finding[],
): { readonly good: readonly Candidate[]; readonly bad: readonly LeftOut[] } => {
  const groups = new Map<string, Group>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.finding.cluster) ?? { good: [], queue: [[]], bad: [] };
    group.queue = [[...group.queue[0]!, candidate]];
    groups.set(candidate.finding.cluster, group);
  }
  const all = [...groups.values()];
  for (let judgements = 0; all.some(({ queue }) => queue.length > 0) && judgements < most; judgements++) {
    const errors = errorsAfter(all.flatMap(({ good, queue }) => [...good, ...(queue[0] ?? [])]));
    const blamed = new Map(errors.flatMap((error) => suspects(error, groups).map((group) => [group, error] as const)));
    for (const group of all) {
      const [piece, ...rest] = group.queue;
      if (piece === undefined) continue;
      const middle = piece.length >> 1;
      const error = blamed.get(group);
      if (error === undefined) Object.assign(group, { good: [...group.good, ...piece], queue: rest });
      else if (piece.length === 1) Object.assign(group, { bad: [...group.bad, ...harm(piece, error)], queue: rest });
      else group.queue = [piece.slice(0, middle), piece.slice(middle), ...rest];
    }
  }
  return { good: all.flatMap(({ good }) => good), bad: all.flatMap(({ bad, queue }) => [...bad, ...harm(queue.flat())]) };
};

/** Without an error: in doubt, nobody looked for the one among many that brings it. */
const harm = (candidates: readonly Candidate[], error?: Finding): readonly LeftOut[] =>
  candidates.map((candidate) => ({ ...candidate, because: { kind: "newError", ...(error === undefined ? {} : { error }) } }));

/** Whose fixes may have brought an error: those of its cluster or of its file, else any. */
const suspects = ({ cluster, at }: Finding, groups: ReadonlyMap<string, Group>): readonly Group[] => {
  const own = groups.get(cluster);
  if (own !== undefined) return [own];
  const all = [...groups.values()].filter(({ queue }) => queue.length > 0);
  const ofFile = all.filter(({ queue }) => queue[0]!.some(({ fix }) => fix.edits.some((edit) => edit.at.file === at.file)));
  return ofFile.length > 0 ? ofFile : all;
};
