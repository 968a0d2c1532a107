/** The command line as plain data: what the completions of shells and the manual page are made from. */
import type { Option } from "commander";
import { program } from "./read.ts";

export interface DescribedOption {
  /** `--format`. */
  readonly name: string;
  /** What stands behind it: `FILE`, `FORMAT`; absent for a flag. */
  readonly value?: string;
  readonly description: string;
  /** The words that can stand behind it, when there are only these. */
  readonly choices: readonly string[];
}

export interface DescribedCommand {
  readonly name: string;
  readonly description: string;
  /** `PATH...`, `RULE`. */
  readonly arguments: readonly { readonly name: string; readonly optional: boolean; readonly choices: readonly string[] }[];
  readonly options: readonly DescribedOption[];
}

export const describedCommands = (): readonly DescribedCommand[] =>
  program(() => undefined).commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    arguments: command.registeredArguments.map((argument) => ({
      name: `${argument.name()}${argument.variadic ? "..." : ""}`,
      optional: !argument.required,
      choices: argument.argChoices ?? [],
    })),
    options: command.options.filter(({ hidden }) => !hidden).map(described),
  }));

const described = ({ long, flags, description, argChoices = [] }: Option): DescribedOption => {
  const value = /<([^>]+)>/u.exec(flags)?.[1];
  return { name: long ?? flags, ...(value === undefined ? {} : { value }), description, choices: argChoices };
};
