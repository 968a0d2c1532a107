import { Option } from "commander";
import type { GraphFormat } from "../invocation.ts";
import { outputOf, reading, readRequest, type Declare, type FormatOutput, type ReadOptions, withChoices } from "./options.ts";

const formats: readonly GraphFormat[] = ["svg", "mermaid", "dot"];

interface GraphOptions extends ReadOptions {
  readonly format?: FormatOutput<GraphFormat>;
}

export const declareGraph: Declare = (kalint, ask) => {
  reading(
    kalint
      .command("graph")
      .argument("[PATH...]", "as for check")
      .description("the clusters as a picture: nodes, virtual routers, addresses, services, real servers, findings in colour")
      .addOption(
        withChoices(
          new Option("--format <FORMAT>", `${formats.join(", ")} (default: svg), or FORMAT=FILE to write to a file`),
          formats,
        ).argParser((text) => outputOf(formats, text)),
      ),
  ).action((paths: readonly string[], options: GraphOptions) =>
    ask({ kind: "graph", ...readRequest(paths, options), ...(options.format ?? { format: "svg", unasked: true }) }),
  );
};
