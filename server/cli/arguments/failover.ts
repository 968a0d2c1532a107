import type { FailoverFormat } from "../invocation.ts";
import { choice, colouring, reading, readRequest, type Declare, type ReadOptions } from "./options.ts";

const formats: readonly FailoverFormat[] = ["table", "json", "markdown"];

interface FailoverOptions extends ReadOptions {
  readonly scenario?: string;
  readonly format?: FailoverFormat;
  readonly color?: boolean;
}

export const declareFailover: Declare = (kalint, ask) => {
  colouring(
    reading(
      kalint
        .command("failover")
        .argument("[PATH...]", "as for check")
        .description("what each single failure does to each virtual address: who holds it, how long nobody or several do")
        .option("--scenario <FILE>", 'play these steps instead: { "steps": [{ "do": "start" }, { "do": "crash", "node": "A" }] }')
        .addOption(choice("--format <FORMAT>", `${formats.join(", ")} (default: table)`, formats, "format")),
    ),
  ).action((paths: readonly string[], options: FailoverOptions) =>
    ask({
      kind: "failover",
      ...readRequest(paths, options),
      format: options.format ?? "table",
      ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
      ...(options.color === undefined ? {} : { color: options.color }),
    }),
  );
};
