import type { RulesFormat } from "../invocation.ts";
import { choice, type Declare } from "./options.ts";

const formats: readonly RulesFormat[] = ["pretty", "json"];

export const declareRules: Declare = (kalint, ask) => {
  kalint
    .command("rules")
    .description("list all rules")
    .addOption(choice("--format <FORMAT>", "pretty, json (default: pretty)", formats, "format"))
    .action(({ format }: { readonly format?: RulesFormat }) => ask({ kind: "rules", format: format ?? "pretty" }));
};
