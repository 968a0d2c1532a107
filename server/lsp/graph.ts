/** `kalint/graph`: a cluster as a picture whose parts know where they are written. */
import { RequestType } from "vscode-languageserver/node";
import manifest from "../../package.json" with { type: "json" };
import { buildPicture } from "../reporters/graph/build.ts";
import { embeddedSvg, graphSummary } from "../reporters/graph/svg.ts";
import { cancelled } from "./cancelled.ts";
import { chosenCluster, placesOf } from "./cluster.ts";
import { type ClusterParams, type GraphAnswer, graphMethod } from "./custom.ts";
import type { Session } from "./session.ts";

export const answerGraphs = ({ connection, judgements }: Session): void =>
  void connection.onRequest(
    new RequestType<ClusterParams | null, GraphAnswer, void>(graphMethod),
    async (params, token): Promise<GraphAnswer> => {
      const chosen = chosenCluster(await judgements(), params ?? {});
      if (token.isCancellationRequested) throw cancelled();
      if (chosen === undefined) return { kind: "none" };
      const { sight, cluster, head } = chosen;
      const { version, project } = sight.reading;
      const picture = buildPicture({
        tool: { name: "kalint", version: manifest.version },
        project: { ...project, clusters: [cluster] },
        findings: sight.snapshot.analysis.findings,
        crashes: [],
        textOf: sight.textOf,
        ...(version === undefined ? {} : { version }),
      });
      const graph = picture.clusters[0]!;
      const { svg, sites } = embeddedSvg(graph, picture.placeOf);
      return {
        kind: "graph",
        ...head,
        svg,
        summary: graphSummary(graph),
        findings: graph.findings.flatMap(({ severity, sites: written, number, rule, message }) =>
          severity === "style" ? [] : { number, severity, rule, message, places: placesOf(written, sight) },
        ),
        places: Object.fromEntries([...sites].map(([key, list]) => [key, placesOf(list, sight)])),
      };
    },
  );
