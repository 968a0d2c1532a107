import { Argument } from "commander";
import { shells, type Shell } from "../invocation.ts";
import { oneOf, withChoices, type Declare } from "./options.ts";

export const declareCompletion: Declare = (kalint, ask) => {
  kalint
    .command("completion")
    .addArgument(withChoices(new Argument("<SHELL>", shells.join(", ")), shells).argParser((text) => oneOf(shells, "shell", text)))
    .description("print a script that completes kalint's commands and options in a shell")
    .action((shell: Shell) => ask({ kind: "completion", shell }));
};
