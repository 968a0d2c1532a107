/** What each failure does to each address, as tables. */
import type { FailoverRow, FailoverTable } from "../messages.ts";
import { make } from "./dom.ts";

const columns = ["what happens", "held by", "meanwhile", "when it is over"] as const;

export const showFailover = (root: HTMLElement, tables: readonly FailoverTable[]): void => {
  if (tables.length === 0) {
    root.replaceChildren(make("p", { class: "empty" }, "No virtual address that a failure could move."));
    return;
  }
  root.replaceChildren(
    ...tables.flatMap(({ cluster, nodes, courses }) => [
      ...(tables.length > 1 ? [make("h3", {}, cluster === "" ? nodes.join(", ") : cluster)] : []),
      ...(nodes.length === 1 ? [make("p", { class: "empty" }, `${nodes[0]} is alone: nobody can take over.`)] : []),
      ...courses.map(({ addresses, rows }) =>
        make(
          "table",
          { class: "failover" },
          make("caption", {}, addresses.join(", ")),
          make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column)))),
          make("tbody", {}, ...rows.flatMap(rowsFor)),
        ),
      ),
    ]),
  );
};

const rowsFor = ({ step, held, meanwhile, afterwards, verdict, remarks }: FailoverRow): HTMLElement[] => [
  make(
    "tr",
    { class: verdict },
    make("th", { scope: "row" }, ...(verdict === "wrong" ? [make("span", { class: "hidden" }, "goes wrong: ")] : []), step),
    make("td", { "data-column": columns[1] }, held),
    make("td", { "data-column": columns[2] }, meanwhile),
    make("td", { "data-column": columns[3] }, afterwards),
  ),
  ...remarks.map((remark) => make("tr", { class: `remark ${verdict}` }, make("td", { colspan: "4" }, remark))),
];
