/** "Show the Cluster": machines, virtual routers, addresses and services as a picture, with what is wrong in colour. */
import type { GraphAnswer, SourcePlace } from "../server/lsp/custom.ts";
import { noCluster } from "./empty.ts";
import { askForGraph } from "./requests.ts";
import type { View } from "./view.ts";

export const clusterView: View<GraphAnswer> = {
  type: "kalint.cluster",
  command: "kalint.showCluster",
  title: "Cluster",
  script: "graph.js",
  ask: askForGraph,
  show: (answer) => {
    if (answer.kind === "none") return noCluster;
    const { svg, places } = answer;
    return { body: { kind: "graph", svg }, places: new Map<string, readonly SourcePlace[]>(Object.entries(places)) };
  },
};
