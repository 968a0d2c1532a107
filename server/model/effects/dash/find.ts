/** The bash constructs of a script, in the order of its text. */
import type { ShellScript } from "../../../../grammar/shell/tree.ts";
import { assignedNames, visit } from "../walk.ts";
import type { Bashism } from "./bashism.ts";
import { ofBuiltin } from "./builtins.ts";
import { ofSyntax } from "./syntax.ts";
import { ofWord } from "./words.ts";

/** A script that asks which shell runs it, or starts itself again under bash, has thought of this. */
const KNOWS = /BASH_VERSION|\bexec\s+(?:\/\S*\/)?(?:env\s+)?bash\b|\bset\s+-o\s+posix\b/u;

export const bashismsIn = ({ body }: ShellScript, text: string): readonly Bashism[] => {
  if (KNOWS.test(text)) return [];
  const found: Bashism[] = [];
  const functions = new Set<string>();
  const assigned = assignedNames(body);
  visit(body, { command: (command) => void (command.kind === "function" && functions.add(command.name.text)), word: () => undefined });
  visit(body, {
    command: (command) => {
      found.push(...ofSyntax(command, text));
      if (command.kind === "simple") found.push(...ofBuiltin(command, functions));
    },
    word: (word) => {
      found.push(...ofWord(word, text, assigned));
    },
  });
  return found.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
};
