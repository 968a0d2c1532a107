import { Option } from "commander";
import { refuse, type Declare } from "./options.ts";

export const declareLsp: Declare = (kalint, ask) => {
  kalint
    .command("lsp")
    .description("start the language server")
    .option("--stdio", "speak over standard input and output (the only way there is)")
    // Clients of VS Code's library say who they are; the server ends when they do.
    .addOption(new Option("--clientProcessId <ID>").hideHelp())
    .action(({ stdio }: { readonly stdio?: true }) =>
      stdio === true ? ask({ kind: "lsp" }) : refuse("an editor starts it as kalint lsp --stdio; docs/editors.md says how"),
    );
};
