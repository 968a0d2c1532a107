/** `kalint graph --format mermaid`: a flowchart for the wikis and forges that draw them. */
import type { Box, BoxKind, ClusterGraph, Edge, Picture } from "./graph.ts";
import { graveRules, isGrave } from "./lines.ts";

/** Brackets around a label say the shape. */
const shapes: Readonly<Record<BoxKind, readonly [open: string, close: string]>> = {
  machine: ["[", "]"],
  router: ["{{", "}}"],
  address: ["([", "])"],
  mark: [">", "]"],
  service: ["[/", "/]"],
  server: ["[(", ")]"],
};

export const pictureMermaid = ({ clusters, left }: Picture): string => {
  const body = clusters.flatMap((graph, index) => clusterLines(graph, index, clusters.length === 1));
  const edges = clusters.flatMap((graph) => graph.edges);
  return `${[
    ...(left > 0 ? [`%% and ${left} more clusters`] : []),
    "flowchart LR",
    ...body,
    ...classes.map(([severity, style]) => `classDef ${severity} ${style}`),
    ...classes.flatMap(([severity, style]) => {
      const numbers = edges.flatMap((edge, index) => (edge.severity === severity ? [index] : []));
      return numbers.length === 0 ? [] : [`linkStyle ${numbers.join(",")} ${style}`];
    }),
  ].join("\n")}\n`;
};

/** Lines only, so that the ground stays that of the theme, light or dark. */
const classes = [
  ["error", "stroke:#d32f2f,stroke-width:3px"],
  ["warning", "stroke:#c77700,stroke-width:3px"],
] as const;

const clusterLines = (graph: ClusterGraph, index: number, only: boolean): readonly string[] => {
  const indent = only ? "    " : "        ";
  const boxes = graph.boxes.map((box) => `${indent}${boxLine(box, graph)}`);
  const edges = graph.edges.map((edge) => `${indent}${edgeLine(edge)}`);
  return only ? [...boxes, ...edges] : [`    subgraph c${index + 1}["${escaped(graph.name)}"]`, ...boxes, ...edges, "    end"];
};

const boxLine = (box: Box, graph: ClusterGraph): string => {
  const { id, kind, title, rows, severity } = box;
  const [open, close] = shapes[kind];
  const lines = [
    `<b>${escaped(title)}</b>`,
    ...rows.map((row) => escaped(row.text)),
    ...graveRules(box, graph).map((rule) => `<i>${escaped(rule)}</i>`),
  ];
  return `${id}${open}"${lines.join("<br/>")}"${close}${isGrave(severity) ? `:::${severity}` : ""}`;
};

const edgeLine = ({ from, to, kind, label, active }: Edge): string => {
  const arrow = active ? "==>" : kind === "spare" || kind === "member" ? "-.->" : "-->";
  return `${from} ${arrow}${label === "" ? "" : `|"${escaped(label)}"|`} ${to}`;
};

/** Mermaid's entities: what it would take for markup, for the end of the label or for one of its own codes. */
const escaped = (text: string): string => text.replace(/[^\p{L}\p{N} .,:/_()+=@…≠−–-]/gu, (character) => `#${character.codePointAt(0)!};`);
