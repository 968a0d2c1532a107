/** `kalint graph`: the clusters as a picture, with what is wrong in colour. */
import { analyse } from "../analysis/run.ts";
import { ofMachines } from "../model/cluster/templates.ts";
import { readProject } from "../model/cluster/project.ts";
import { buildPicture } from "../reporters/graph/build.ts";
import type { Picture } from "../reporters/graph/graph.ts";
import { judgedFiles } from "../reporters/report.ts";
import { rules } from "../rules/index.ts";
import type { GraphFormat, GraphRequest } from "./invocation.ts";
import { openProject } from "./project.ts";
import { terminalWidth, type Terminal } from "./terminal.ts";
import { toolVersion } from "./version.ts";

/** Exit status: 0, whatever is found, since a picture judges nothing; 2 for wrong use, 3 when a rule crashed. */
export const graph = async (request: GraphRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const refuse = (lines: readonly string[]): number => {
    for (const line of lines) terminal.complain(line);
    return 2;
  };
  // Nobody wants to read an SVG; who asks for it by name, or sends it on, gets it.
  if (request.unasked === true && terminalWidth() !== undefined)
    return refuse(["a picture is for a file: kalint graph --format svg=cluster.svg; mermaid and dot are texts"]);
  const opened = await openProject(request, cwd);
  if (opened.kind === "refused") return refuse(opened.lines);
  const { textOf, version, ruleSettings, shown } = opened;
  const read = readProject(opened.request);
  // A template is no machine.
  const project = { ...read, clusters: ofMachines(read) };
  if (project.clusters.length === 0)
    return refuse([
      read.clusters.length > 0 ? "there are templates only: what machines they make is not known" : "no keepalived configuration to draw",
    ]);
  const stated = version === undefined ? {} : { version };
  const { findings, crashes } = analyse(project, rules, { settings: ruleSettings, textOf, ...stated });
  const picture = buildPicture({ tool: { name: "kalint", version: toolVersion }, project, findings, crashes, textOf, shown, ...stated });
  const text = await written(picture, request.format);
  if (request.file === undefined) terminal.print(text);
  else {
    const { openSink } = await import("../host/sink.ts");
    const problem = openSink(cwd, judgedFiles({ project, shown })).write(request.file, new TextEncoder().encode(text));
    if (problem !== undefined) return refuse([problem]);
  }
  for (const { rule, error } of crashes)
    terminal.complain(`the rule ${rule} crashed and was skipped (${error}); this is a defect of kalint`);
  return crashes.length > 0 ? 3 : 0;
};

const written = async (picture: Picture, format: GraphFormat): Promise<string> => {
  switch (format) {
    case "svg":
      return (await import("../reporters/graph/svg.ts")).pictureSvg(picture);
    case "mermaid":
      return (await import("../reporters/graph/mermaid.ts")).pictureMermaid(picture);
    case "dot":
      return (await import("../reporters/graph/dot.ts")).pictureDot(picture);
  }
};
