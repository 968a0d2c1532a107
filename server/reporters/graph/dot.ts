/** `kalint graph --format dot`: for Graphviz. */
import type { Box, BoxKind, ClusterGraph, Edge, Picture } from "./graph.ts";
import { brokenRows, graveRules, isGrave } from "./lines.ts";

const tints = { error: "#c62828", warning: "#9a6200" } as const;

const fills: Readonly<Record<BoxKind, string>> = {
  machine: "#e3edf7",
  router: "#ece5f5",
  address: "#def1ed",
  mark: "#f6ecd9",
  service: "#f7e3ec",
  server: "#e8f0e2",
};

export const pictureDot = ({ clusters, left, placeOf }: Picture): string =>
  `${[
    ...(left > 0 ? [`// and ${left} more clusters`] : []),
    "digraph kalint {",
    '  graph [rankdir=LR, fontname="DejaVu Sans,Helvetica", bgcolor="white", ranksep=0.7, nodesep=0.3];',
    '  node [shape=box, style="rounded,filled", fontname="DejaVu Sans,Helvetica", fontsize=11, color="#7b8794", margin="0.12,0.08"];',
    '  edge [fontname="DejaVu Sans,Helvetica", fontsize=10, color="#7b8794"];',
    ...clusters.flatMap((graph, index) => [
      `  subgraph cluster_${index + 1} {`,
      `    label=${quoted(graph.name)};`,
      ...graph.boxes.map((box) => `    ${boxLine(box, graph, placeOf)}`),
      ...graph.edges.map((edge) => `    ${edgeLine(edge, placeOf)}`),
      "  }",
    ]),
    "}",
  ].join("\n")}\n`;

const boxLine = (box: Box, graph: ClusterGraph, placeOf: Picture["placeOf"]): string => {
  const { id, kind, title, rows, severity, sites, count } = box;
  const tinted = (text: string, tint: Box["severity"]): string => (isGrave(tint) ? `<font color="${tints[tint]}">${text}</font>` : text);
  const lines = [
    `<b>${html(title)}</b>`,
    ...brokenRows(rows).map((row) => tinted(html(row.text), row.severity)),
    ...graveRules(box, graph).map((rule) => tinted(`<i>${html(rule)}</i>`, severity)),
  ];
  const attributes = [
    `label=<${lines.join("<br/>")}>`,
    `fillcolor="${fills[kind]}"`,
    `tooltip=${quoted(sites.slice(0, 6).map(placeOf).join(", "))}`,
    ...(isGrave(severity) ? [`color="${tints[severity]}"`, "penwidth=2"] : []),
    ...((count ?? 1) > 1 ? ["peripheries=2"] : []),
  ];
  return `${id} [${attributes.join(", ")}];`;
};

const edgeLine = ({ from, to, kind, label, active, severity, sites }: Edge, placeOf: Picture["placeOf"]): string => {
  const attributes = [
    ...(label === "" ? [] : [`label=${quoted(label)}`]),
    ...(active ? ["penwidth=2.5"] : kind === "member" || kind === "spare" ? ["style=dashed"] : []),
    ...(isGrave(severity) ? [`color="${tints[severity]}"`, `fontcolor="${tints[severity]}"`] : []),
    `edgetooltip=${quoted(sites.slice(0, 6).map(placeOf).join(", "))}`,
  ];
  return `${from} -> ${to} [${attributes.join(", ")}];`;
};

/** A backslash begins an escape of Graphviz's own. */
const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\\": "&#92;" };

const html = (text: string): string => text.replace(/[&<>"\\]/gu, (character) => entities[character]!);
