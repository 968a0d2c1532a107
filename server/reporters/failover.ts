/** What became of each virtual address after every step, as JSON, as a table for people and as Markdown. Pure. */
import type { Verdict } from "../failover/judge.ts";
import type { AddressReport, StepReport } from "../failover/simulate.ts";
import type { Step } from "../failover/scenario.ts";
import { printable } from "./cells.ts";

export interface FailoverReport {
  readonly cluster: string;
  readonly steps: readonly StepReport[];
  /** By step and address. */
  readonly verdicts: readonly ReadonlyMap<string, Verdict>[];
}

const object = <T, R>(map: ReadonlyMap<string, T>, value: (item: T) => R): Readonly<Record<string, R>> =>
  Object.fromEntries([...map].map(([key, item]) => [key, value(item)]));

const stepJson = ({ step, addresses, states, priorities }: StepReport, verdicts: ReadonlyMap<string, Verdict> | undefined): object => ({
  step,
  vips: Object.fromEntries([...addresses].map(([address, answer]) => [address, { ...answer, verdict: verdicts?.get(address) ?? "fine" }])),
  states: object(states, (instances) => object(instances, (state) => state)),
  priority: object(priorities, (instances) => object(instances, (priority) => priority)),
});

/** One cluster is `{ cluster, steps }`; several stand in `clusters`. */
export const failoverJson = (reports: readonly FailoverReport[]): string => {
  const all = reports.map(({ cluster, steps, verdicts }) => ({
    cluster,
    steps: steps.map((step, index) => stepJson(step, verdicts[index])),
  }));
  return `${JSON.stringify(all.length === 1 ? all[0] : { clusters: all }, undefined, 2)}\n`;
};

/** The step in words. */
export const stepInWords = ({ do: name, node, nodes, script, iface, groups, segment, admin }: Step): string => {
  const who = node ?? nodes?.join(", ") ?? "all nodes";
  switch (name) {
    case "start":
      return `${who} start${node !== undefined || nodes?.length === 1 ? "s" : ""}`;
    case "stop":
      return `${who}: keepalived is stopped`;
    case "crash":
      return `${who} crashes`;
    case "restart":
      return `${who} returns`;
    case "fail":
      return `${who}: ${script ?? "every script"} fails`;
    case "ok":
      return `${who}: ${script ?? "every script"} succeeds`;
    case "link_down":
      return `${who}: ${iface ?? "every interface"} ${admin === true ? "is switched off" : "loses its link"}`;
    case "link_up":
      return `${who}: ${iface ?? "every interface"} is up again`;
    case "partition":
      return `${segment ?? "the network"} falls apart: ${(groups ?? []).map((group) => group.join("+")).join(" | ")}`;
    case "heal":
      return `${segment ?? "the network"} is whole again`;
    case "wait":
      return "time passes";
  }
};

const holdersInWords = ({ holders, uncertain }: AddressReport): string =>
  (holders.length === 0 ? "nobody" : holders.join(" and ")) + (uncertain ? " (a race)" : "");

/** What is marked; a partition's two holders are inherent and are not. */
export const isWrong = (verdict: Verdict | undefined): boolean => verdict !== undefined && verdict !== "fine" && verdict !== "partition";

const remarks: Readonly<Record<Verdict, string>> = {
  fine: "",
  nobody: "nobody holds it",
  several: "several hold it",
  partition: "inherent in VRRP; fence what must not run twice",
  stays: "it does not move",
  "comes-back": "it comes back in spite of nopreempt",
};

interface Row {
  readonly step: string;
  readonly address: string;
  readonly holders: string;
  readonly gap: string;
  readonly mark: string;
  readonly remark: string;
  readonly why: string;
}

const seconds = (value: number): string => `${value} s`;

const rowsOf = ({ steps, verdicts }: FailoverReport): readonly Row[] =>
  steps.flatMap(({ step, addresses }, index) =>
    [...addresses].map(([address, answer], position): Row => ({
      step: position === 0 ? stepInWords(step) : "",
      address,
      holders: holdersInWords(answer),
      gap: [answer.nobody > 0 ? `nobody ${seconds(answer.nobody)}` : "", answer.several > 0 ? `several ${seconds(answer.several)}` : ""]
        .filter((part) => part !== "")
        .join(", "),
      mark: isWrong(verdicts[index]?.get(address)) ? "!" : "",
      remark: remarks[verdicts[index]?.get(address) ?? "fine"],
      why: answer.why,
    })),
  );

const columns = ["mark", "step", "address", "holders", "gap"] as const;
const titles: Readonly<Record<(typeof columns)[number], string>> = {
  mark: "",
  step: "step",
  address: "address",
  holders: "held by",
  gap: "meanwhile",
};

/** A table per cluster; what is wrong is marked with `!` and explained below it. */
export const failoverTable = (reports: readonly FailoverReport[]): string =>
  reports
    .map((report) => {
      const rows = rowsOf(report).map((row) => ({
        ...row,
        step: printable(row.step),
        address: printable(row.address),
        holders: printable(row.holders),
      }));
      const widths = columns.map((column) => Math.max(titles[column].length, ...rows.map((row) => row[column].length)));
      const line = (cells: readonly string[]): string =>
        cells
          .map((cell, index) => cell.padEnd(widths[index]!))
          .join("  ")
          .trimEnd();
      const body = rows.flatMap((row) => [
        line(columns.map((column) => row[column])),
        ...(row.remark === "" ? [] : [`   ${row.remark}${row.mark === "" ? "" : `: ${printable(row.why)}`}`]),
      ]);
      return [`Cluster ${printable(report.cluster)}`, "", line(columns.map((column) => titles[column])), ...body, ""].join("\n");
    })
    .join("\n");

const cell = (text: string): string => printable(text).replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** The same as Markdown, with the reason of every row. */
export const failoverMarkdown = (reports: readonly FailoverReport[]): string =>
  reports
    .map((report) =>
      [
        `## ${cell(report.cluster)}`,
        "",
        "| step | address | held by | meanwhile | verdict | why |",
        "| --- | --- | --- | --- | --- | --- |",
        ...rowsOf(report).map(
          ({ step, address, holders, gap, mark, remark, why }) =>
            `| ${[step, address, mark === "" ? holders : `**${holders}**`, gap, remark, why].map(cell).join(" | ")} |`,
        ),
        "",
      ].join("\n"),
    )
    .join("\n");
