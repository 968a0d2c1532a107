import type { RulesFormat } from "../invocation.ts";
import { oneOf, type Declare } from "./options.ts";

const formats: readonly RulesFormat[] = ["pretty", "json"];

export const declareRules: Declare = (kalint, ask) => {
  kalint
    .command("rules")
    .description("list all rules")
    .option("--format <FORMAT>", "pretty or json", (text) => oneOf(formats, "format", text))
    .action(({ format }: { readonly format?: RulesFormat }) => ask({ kind: "rules", format: format ?? "pretty" }));
};
