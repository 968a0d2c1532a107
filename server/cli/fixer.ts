/** Rounds of fixes over an opened project, and what they would do: told before anybody asks for them. */
import { type Fixing, fixRounds } from "../analysis/fixing.ts";
import type { Fixable, Report } from "../reporters/report.ts";
import type { CheckRequest } from "./invocation.ts";
import { type Judge, type Judgement, remembering } from "./judging.ts";
import type { OpenProject } from "./project.ts";
import { standardInput } from "./targets.ts";

export interface FixerContext {
  readonly judge: Judge;
  readonly opened: OpenProject;
  readonly request: CheckRequest;
  /** Leaves out what is agreed to: a baseline. */
  readonly keep?: (report: Report) => Report;
}

/** Texts that are not on the disk yet, and what was found in them. */
export interface Start {
  readonly texts: ReadonlyMap<string, string>;
  readonly judgement: Judgement;
}

export interface Fixer {
  readonly judge: Judge;
  readonly rounds: (which: "safe" | "review", from: Start, judgements?: number) => Fixing;
}

export const fixer = ({ judge: judgeTexts, opened, request, keep = (report) => report }: FixerContext): Fixer => {
  const judge = remembering(judgeTexts);
  const input = request.paths.includes(standardInput);
  const judged = ({ all, report }: Judgement): Fixing["judged"] => ({ all, reported: keep(report).findings });
  return {
    judge,
    rounds: (which, { texts: earlier, judgement }, judgements) =>
      fixRounds({
        first: judged(judgement),
        judge: (texts) => judged(judge(new Map([...earlier, ...texts]))),
        textOf: (file) => earlier.get(file) ?? opened.textOf(file),
        // The files around standard input are read, not asked about.
        mayEdit: (file) => judgement.wanted(file) && (!input || opened.reports(file)),
        review: which === "review",
        ...(judgements === undefined ? {} : { judgements }),
      }),
  };
};

/** A report waits for this. */
const mostJudgements = 12;
/** The same in characters to judge; a file costs some in any case. */
const mostCharacters = 400_000;
const perFile = 2000;
/** Fewer tell nothing: one round is two judgements, and the next one says that nothing is left. */
const fewestJudgements = 3;

/** What `--fix` would do with these texts, and `--fix-review` after it. */
export const wouldFix = ({ rounds }: Fixer, from: Start): Fixable | undefined => {
  const judgements = affordable(from.judgement.report);
  if (judgements < fewestJudgements) return undefined;
  const safe = rounds("safe", from, judgements);
  const review = rounds("review", after(safe, from), judgements);
  if (safe.unfinished || review.unfinished) return undefined;
  return { safe: safe.applied, review: review.applied, leftOut: review.leftOut };
};

const after = ({ texts, judged }: Fixing, { texts: earlier, judgement }: Start): Start =>
  texts.size === 0
    ? { texts: earlier, judgement }
    : {
        texts: new Map([...earlier, ...texts]),
        judgement: { ...judgement, all: judged.all, report: { ...judgement.report, findings: judged.reported } },
      };

const affordable = ({ project: { files }, textOf }: Report): number =>
  Math.min(mostJudgements, Math.floor(mostCharacters / files.reduce((sum, file) => sum + perFile + (textOf(file)?.length ?? 0), 1)));
