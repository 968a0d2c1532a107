/** `kalint failover --format markdown`: every step and address with the reason, for reviews and wikis. */
import { printable } from "../cells.ts";
import { type FailoverReport, isWrong } from "./report.ts";
import { gapsInWords, holdersInWords, remarks, stepInWords } from "./words.ts";

export const failoverMarkdown = (reports: readonly FailoverReport[]): string => reports.map(clusterText).join("\n");

const clusterText = (report: FailoverReport): string =>
  [
    `## ${cell(report.cluster)}`,
    "",
    "| step | address | held by | meanwhile | verdict | why |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rowsOf(report),
    "",
  ].join("\n");

const rowsOf = ({ steps, verdicts }: FailoverReport): readonly string[] =>
  steps.flatMap(({ step, addresses }, index) =>
    [...addresses].map(([address, answer], position) => {
      const verdict = verdicts[index]?.get(address) ?? "fine";
      const holders = cell(holdersInWords(answer));
      const cells = [position === 0 ? stepInWords(step) : "", address].map(cell);
      return `| ${[...cells, isWrong(verdict) ? `**${holders}**` : holders, ...[gapsInWords(answer), remarks[verdict], answer.why].map(cell)].join(" | ")} |`;
    }),
  );

/** What Markdown or HTML would take for markup is text. */
const cell = (text: string): string => printable(text).replace(/[\\|<>&*_`[\]]/gu, (character) => entities[character] ?? `\\${character}`);

const entities: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };
