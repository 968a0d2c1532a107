/** Conditions: what a comparison says of a parameter, and conditions in words. */
import type { Command, Statement, Word } from "../../../grammar/shell/tree.ts";

/** `[ "$1" = start ]`: the branch may take the parameter for what it is compared with. */
export const comparison = (
  condition: readonly Statement[],
): { readonly subject: string; readonly name: string; readonly value: string } | undefined => {
  const command = condition.length === 1 ? condition[0]!.command : undefined;
  if (command?.kind !== "simple" && command?.kind !== "test") return undefined;
  const words = command.kind === "test" ? command.words : /^(?:\[|test)$/u.test(command.words[0]?.text ?? "") ? command.words.slice(1) : [];
  const [left, operator, right] = words;
  const extra = words.length - (command.kind === "simple" && command.words[0]?.text === "[" ? 1 : 0);
  if (extra !== 3 || left === undefined || right === undefined || !/^==?$/u.test(operator!.text)) return undefined;
  const name = parameterIn(left);
  const value = literalOf(right);
  return name === undefined || value === undefined ? undefined : { subject: `$${name}`, name, value };
};

/** The name when a word is one plain parameter, quoted or not. */
export const parameterIn = (word: Word): string | undefined => {
  const outer = word.parts.length === 1 ? word.parts[0] : undefined;
  const part = outer?.kind === "double-quoted" && outer.parts.length === 1 ? outer.parts[0] : outer;
  return part?.kind === "parameter" && part.operator === undefined && part.prefix === undefined && part.index === undefined
    ? part.name
    : undefined;
};

export const literalOf = (word: Word): string | undefined => {
  const outer = word.parts.length === 1 ? word.parts[0] : undefined;
  const part = outer?.kind === "double-quoted" && outer.parts.length === 1 ? outer.parts[0] : outer;
  return part?.kind === "literal" || part?.kind === "single-quoted" ? part.value : undefined;
};

/** A command in a few words, for the description of a branch. */
export const describe = (command: Command | undefined): string => {
  if (command === undefined) return "the condition";
  if (command.kind === "pipeline") return command.commands.map(describe).join(" | ");
  if (command.kind === "and-or") return describe(command.first);
  const words = command.kind === "simple" || command.kind === "test" ? command.words.map(({ text }) => text).join(" ") : command.kind;
  const shown = command.kind === "test" ? `[[ ${words} ]]` : words;
  return shown === "" ? "the condition" : shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
};
