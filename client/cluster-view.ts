/** "Show the Cluster": machines, virtual routers, addresses and services as a picture, with what is wrong in colour. */
import { Uri, workspace } from "vscode";
import type { GraphAnswer, GraphPicture, SourcePlace } from "../server/lsp/custom.ts";
import { noCluster } from "./empty.ts";
import { askForGraph } from "./requests.ts";
import type { Shown, View } from "./view.ts";

export const clusterView: View<GraphAnswer> = {
  type: "kalint.cluster",
  command: "kalint.showCluster",
  title: "Cluster",
  script: "graph.js",
  ask: askForGraph,
  show: (answer) => (answer.kind === "none" ? noCluster : pictureOf(answer)),
};

const pictureOf = ({ svg, summary, findings, places }: GraphPicture): Shown => ({
  body: {
    kind: "graph",
    svg,
    summary,
    findings: findings.map(({ number, severity, rule, message, places: written }) => ({
      number,
      severity,
      rule,
      message,
      where: { text: whereOf(written), ...(written.length === 0 ? {} : { part: partOf(number) }) },
    })),
  },
  places: new Map<string, readonly SourcePlace[]>([
    ...Object.entries(places),
    ...findings.map(({ number, places: written }) => [partOf(number), written] as const),
  ]),
});

const partOf = (number: number): string => `finding-${number}`;

const whereOf = ([first, ...others]: readonly SourcePlace[]): string => {
  if (first === undefined) return "";
  const place = `${workspace.asRelativePath(Uri.parse(first.uri))}:${first.range.start.line + 1}`;
  return others.length === 0 ? place : `${place} and ${others.length} more`;
};
