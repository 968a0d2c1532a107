import type { Declare } from "./options.ts";

export const declareLsp: Declare = (kalint, ask) => {
  kalint
    .command("lsp")
    .description("start the language server")
    .option("--stdio", "speak over standard input and output (the only way there is)")
    .action(() => ask({ kind: "lsp" }));
};
