/** The page of "Show the Failover". */
import type { FailoverBody } from "./messages.ts";
import { element, jumpButton, startPage } from "./page.ts";

const titles = ["what happens", "held by", "meanwhile", "when it is over"];

const draw = ({ summary, courses }: FailoverBody): readonly Node[] => [
  element("p", "summary", summary),
  ...courses.map(({ addresses, rows }) => {
    const heading = element(
      "h2",
      "",
      ...addresses.flatMap((address, index) => (index === 0 ? [jumpButton(address)] : [", ", jumpButton(address)])),
    );
    const head = element("thead", "", element("tr", "", ...titles.map((title) => headCell(title))));
    return element("section", "", heading, element("table", "", head, element("tbody", "", ...rows.flatMap(rowsOf))));
  }),
];

const headCell = (title: string): HTMLElement => {
  const cell = element("th", "", title);
  cell.scope = "col";
  return cell;
};

const marks = { wrong: "✗ ", apart: "◐ ", fine: "" } as const;
const spoken = { wrong: "goes wrong", apart: "holders on both sides", fine: "" } as const;

const rowsOf = ({
  failure,
  tone,
  held,
  meanwhile,
  afterwards,
  remarks,
}: FailoverBody["courses"][number]["rows"][number]): readonly Node[] => {
  const mark = element("span", "mark", marks[tone]);
  mark.title = spoken[tone];
  const cells = [element("td", "", mark, jumpButton(failure)), ...[held, meanwhile, afterwards].map((text) => element("td", "", text))];
  const row = element("tr", tone, ...cells);
  if (remarks.length === 0) return [row];
  const told = element("td", "", ...remarks.map((remark) => element("p", "", remark)));
  told.colSpan = titles.length;
  return [row, element("tr", `remark ${tone}`, told)];
};

startPage<FailoverBody>("failover", draw);
