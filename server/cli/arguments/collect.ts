import type { Declare } from "./options.ts";

export const declareCollect: Declare = (kalint, ask) => {
  kalint
    .command("collect")
    .description("print a read-only script: run on a host, its output is a host root for kalint")
    .action(() => ask({ kind: "collect" }));
};
