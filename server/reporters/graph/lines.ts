/** What several writers do with the text of a box. */
import { wrapped } from "../cells.ts";
import type { Box, ClusterGraph, Row } from "./graph.ts";

/** Columns of a line of a box. */
const widest = 46;

/** The rows with long ones broken; the numbers stand behind the first line. */
export const brokenRows = (rows: readonly Row[]): readonly Row[] =>
  rows.flatMap((row) => {
    const [first = "", ...rest] = wrapped(row.text, widest);
    const { severity } = row;
    return [
      { ...row, text: first },
      ...rest.map((line) => ({ text: `  ${line}`, sites: row.sites, findings: [], ...(severity === undefined ? {} : { severity }) })),
    ];
  });

/** The rules that found something grave here, for pictures in which there is no room for sentences. */
export const graveRules = ({ findings }: Box, graph: ClusterGraph): readonly string[] => {
  const grave = findings.flatMap((number) => graph.findings[number - 1] ?? []).filter(({ severity }) => isGrave(severity));
  const rules = [...new Set(grave.map(({ rule }) => rule))];
  return rules.length > 3 ? [...rules.slice(0, 2), `and ${rules.length - 2} more`] : rules;
};

/** Colour is for what wants a hand; what only informs has none. */
export const isGrave = (severity: Row["severity"]): severity is "error" | "warning" => severity === "error" || severity === "warning";
