/** The clusters as one picture, in SVG without a style sheet: the page has its own. */
import type { Version } from "../../grammar/vocabulary/types.ts";
import manifest from "../../package.json" with { type: "json" };
import { buildPicture } from "../../server/reporters/graph/build.ts";
import { pictureSvg } from "../../server/reporters/graph/svg.ts";
import type { Snapshot } from "../../server/workspace.ts";

export const pictureOf = ({ project, analysis }: Snapshot, textOf: (file: string) => string | undefined, version: Version): string => {
  if (project.clusters.length === 0) return "";
  const { findings, crashes } = analysis;
  const picture = buildPicture({ tool: { name: "kalint", version: manifest.version }, project, findings, crashes, textOf, version });
  const clusters = picture.clusters.map((graph, index) => {
    const nodes = project.clusters[index]!.nodes.map(({ name }) => name);
    // The folder of all files has no name that says anything.
    return graph.name === "." ? { ...graph, name: nodes.join(", ") } : graph;
  });
  return pictureSvg({ ...picture, clusters }).replace(/<style>[^<]*<\/style>/u, "");
};
