/** What an episode says in a table: a terminal's, or a page's. */
import { printable } from "../cells.ts";
import type { Episode, Outcome } from "./course.ts";
import { isWrong } from "./report.ts";
import { afterwardsInWords, courseInWords, explained, gapsInWords, race, stepInWords } from "./words.ts";

/** Every text is fit to be shown. */
export interface EpisodeRow {
  /** `apart`: two holders on two sides of a partition. */
  readonly tone: "fine" | "wrong" | "apart";
  readonly failure: string;
  readonly held: string;
  readonly meanwhile: string;
  readonly afterwards: string;
  /** `quiet`: it explains and accuses nobody. */
  readonly remarks: readonly { readonly text: string; readonly quiet: boolean }[];
}

/** `said`: the remarks that were made before, each of which is made once for a cluster; what is said here joins them. */
export const episodeRow = ({ step, before, during, after }: Episode, said: Set<string>): EpisodeRow => {
  const { answer } = during;
  const outcomes = [during, ...(after === undefined ? [] : [after])];
  const wrong = outcomes.some(({ verdict }) => isWrong(verdict));
  const apart = outcomes.some(({ verdict }) => verdict === "partition");
  return {
    tone: wrong ? "wrong" : apart ? "apart" : "fine",
    failure: printable(stepInWords(step)),
    held: printable(courseInWords(before, answer)),
    meanwhile: gapsInWords(answer),
    afterwards: after === undefined ? "" : printable(afterwardsInWords(before, during.answer, after.answer)),
    // Where several held it anyway, a partition is not what to look at.
    remarks: outcomes.flatMap((outcome) =>
      outcome.verdict === "partition" && (before?.holders.length ?? 0) > 1 ? [] : remarksOf(outcome, said),
    ),
  };
};

const remarksOf = ({ answer, verdict }: Outcome, said: Set<string>): EpisodeRow["remarks"] => {
  const told = [
    { text: printable(explained(verdict, answer.why)), quiet: !isWrong(verdict) },
    { text: answer.uncertain ? race : "", quiet: true },
  ].filter(({ text }) => text !== "" && !said.has(text));
  for (const { text } of told) said.add(text);
  return told;
};
