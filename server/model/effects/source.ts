/** What words ask for while they are expanded: variables, substitutions, and what becomes of those that are not set. */
import type { CommandSubstitution, ProcessSubstitution } from "../../../grammar/shell/tree.ts";
import type { Span } from "../../../grammar/text.ts";
import type { Value } from "./values.ts";

/** What a word may ask for. */
export interface Source {
  readonly variable: (name: string) => Value | undefined;
  /** Whether nothing of the script has set a variable so far, though something may later. */
  readonly untouched?: (name: string) => boolean;
  /** What `${name:=…}` and `$((name = …))` do. */
  readonly assign: (name: string, value: Value, span: Span) => void;
  /** Runs the commands; its value is what they print, if that is known. */
  readonly substitute: (part: CommandSubstitution | ProcessSubstitution) => Value;
  /** What becomes of variables that are not set; absent where nothing comes of it. */
  readonly unset?: UnsetVariables;
}

export interface UnsetVariables {
  readonly mayBe: (name: string) => boolean;
  readonly surely: (name: string) => boolean;
  /** `set -u`: a variable that is not set ends the shell, or may do so. */
  readonly endsShell: boolean;
  readonly certain: boolean;
  /** Names in an expression count as well. */
  readonly inArithmetic: boolean;
  /** The shell ends here, if the variable is surely not set. */
  readonly refuse: (span: Span, surely: boolean) => void;
}
