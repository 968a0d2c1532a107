import { reading, readRequest, type Declare, type ReadOptions } from "./options.ts";

export const declareDoctor: Declare = (kalint, ask) => {
  reading(
    kalint
      .command("doctor")
      .argument("[PATH...]", "as for check")
      .description("print what was found: configurations, nodes, clusters, companion files, and what was left out"),
  ).action((paths: readonly string[], options: ReadOptions) => ask({ kind: "doctor", ...readRequest(paths, options) }));
};
