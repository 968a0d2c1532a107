/** `kalint failover`, for people: a table for every cluster and every group of addresses that move together. */
import { columnsOf, printable, wrapped } from "../cells.ts";
import type { Colours, Paint } from "../style.ts";
import { few, plural } from "../words.ts";
import { type Course, coursesOf, type Episode } from "./course.ts";
import { type FailoverReport, goesWrong, isWrong } from "./report.ts";
import { episodeRow } from "./rows.ts";

export interface TableOptions {
  readonly paint: Colours;
  /** Columns of the terminal; without one nothing is broken. */
  readonly width?: number;
  /** What to say at the end of which keepalived was simulated. */
  readonly version?: string;
}

export const failoverTable = (reports: readonly FailoverReport[], options: TableOptions): string => {
  const blocks = reports.map((report) => clusterLines(report, options));
  return `${[...blocks, ending(reports, options)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
};

const clusterLines = (report: FailoverReport, options: TableOptions): readonly string[] => {
  const { paint, width } = options;
  const said = new Set<string>();
  const nodes = report.nodes.length === 1 ? `${report.nodes[0]} alone: nobody can take over` : few(report.nodes, 8);
  return [
    ...wrapped(printable(`=== ${report.cluster}: ${nodes}`), width ?? Number.POSITIVE_INFINITY).map(paint.bold),
    ...coursesOf(report).flatMap((course) => ["", ...courseLines(course, said, options)]),
  ];
};

interface Row {
  readonly cells: readonly [mark: string, failure: string, held: string, meanwhile: string, afterwards: string];
  readonly tint: Paint | undefined;
  readonly remarks: readonly { readonly text: string; readonly tint: Paint }[];
}

const titles = ["", "what happens", "held by", "meanwhile", "when it is over"] as const;

const courseLines = (
  { addresses, episodes }: Course,
  said: Set<string>,
  { paint, width = Number.POSITIVE_INFINITY }: TableOptions,
): readonly string[] => {
  const heading = wrapped(printable(few(addresses, 6)), width).map(paint.cyan);
  const rows = episodes.map((episode) => rowOf(episode, said, paint));
  const { columns, widths, fits } = measured(rows, width);
  const aligned = (cells: readonly string[]): string =>
    columns
      .map((column) => padded(cells[column]!, widths[column]!))
      .join("  ")
      .trimEnd();
  const body = rows.flatMap((row) => {
    const lines = fits.has(row) ? [aligned(row.cells)] : stackedLines(row, width);
    return [
      ...lines.map((line) => (row.tint === undefined ? line : row.tint(line))),
      ...row.remarks.flatMap(({ text, tint }) => wrapped(text, width - 5).map((line) => tint(`     ${line}`))),
    ];
  });
  return [...heading, ...(fits.size === 0 ? [] : [paint.dim(aligned(titles))]), ...body];
};

interface Measured {
  /** Those that hold anything. */
  readonly columns: readonly number[];
  readonly widths: readonly number[];
  /** The rows that stand in one line; a few longer ones are broken, and where there would be many, all are. */
  readonly fits: ReadonlySet<Row>;
}

const measured = (rows: readonly Row[], width: number): Measured => {
  const columns = titles.flatMap((title, column) => (title === "" || rows.some(({ cells }) => cells[column] !== "") ? [column] : []));
  const byLength = rows.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  for (let count = rows.length; count * 2 > rows.length; count--) {
    const fits = byLength.slice(0, count);
    const widths = titles.map((title, column) =>
      Math.max(column === 0 ? 1 : columnsOf(title), ...fits.map(({ cells }) => columnsOf(cells[column]!))),
    );
    if (columns.reduce((sum, column) => sum + widths[column]! + 2, -2) <= width) return { columns, widths, fits: new Set(fits) };
  }
  return { columns, widths: titles.map(columnsOf), fits: new Set() };
};

const lengthOf = ({ cells }: Row): number => cells.reduce((sum, cell) => sum + columnsOf(cell), 0);

const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - columnsOf(text)));

/** Where the table is too wide: the failure on a line of its own. */
const stackedLines = ({ cells: [mark, failure, held, meanwhile, afterwards] }: Row, width: number): readonly string[] => {
  const parts = [held, meanwhile, afterwards].filter((part) => part !== "").join("; ");
  return [
    ...wrapped(failure, width - 3).map((line, index) => `${index === 0 ? mark.padEnd(1) : " "}  ${line}`),
    ...wrapped(parts, width - 5).map((line) => `     ${line}`),
  ];
};

const rowOf = (episode: Episode, said: Set<string>, paint: Colours): Row => {
  const { tone, failure, held, meanwhile, afterwards, remarks } = episodeRow(episode, said);
  return {
    cells: [tone === "wrong" ? "!" : "", failure, held, meanwhile, afterwards],
    tint: tone === "wrong" ? paint.red : tone === "apart" ? paint.dim : undefined,
    remarks: remarks.map(({ text, quiet }) => ({ text, tint: quiet ? paint.dim : (line: string) => line })),
  };
};

const ending = (
  reports: readonly FailoverReport[],
  { paint, width = Number.POSITIVE_INFINITY, version }: TableOptions,
): readonly string[] => {
  const tried = reports.reduce((sum, report) => sum + failuresOf(report).length, 0);
  const wrong = reports.reduce((sum, report) => sum + failuresOf(report).filter((bad) => bad).length, 0);
  const bad = reports.filter(goesWrong).map(({ cluster }) => cluster);
  const where = bad.length === 0 || reports.length === 1 ? "" : `, in ${few(bad, 5)}`;
  const sum =
    wrong === 0
      ? `nothing goes wrong: ${plural(tried, "step")}`
      : `${wrong} of ${plural(tried, "step")} go${wrong === 1 ? "es" : ""} wrong`;
  return [
    ...wrapped(printable(`${sum}${where}`), width).map(wrong === 0 ? paint.green : paint.red),
    ...(version === undefined
      ? []
      : wrapped(
          `simulated for keepalived ${version}, the newest known (--keepalived-version says another); times are estimates`,
          width,
        ).map(paint.dim)),
  ];
};

/** For every failure, its end included, whether it goes wrong for any address. */
const failuresOf = (report: FailoverReport): readonly boolean[] => {
  const courses = coursesOf(report);
  return (courses[0]?.episodes ?? []).map((_, index) =>
    courses.some(({ episodes }) => {
      const { during, after } = episodes[index]!;
      return isWrong(during.verdict) || (after !== undefined && isWrong(after.verdict));
    }),
  );
};
