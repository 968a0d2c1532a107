/** The positional parameters of the script and of its functions. */
import { type Run, type State, variable } from "./state.ts";
import { textValue, UNKNOWN, type Value } from "./values.ts";

export const POSITIONS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "@", "*", "#"];

export const positionals = (run: Run, state: State): readonly (readonly [string, Value])[] =>
  POSITIONS.map((name) => [name, variable(run, state, name) ?? UNKNOWN] as const);

/** Sets $1… and $@. An unknown argument of unknown length makes those behind it unknown too. */
export const setPositionals = (state: State, given: readonly (string | undefined)[]): void => {
  const { own } = state.environment;
  let certain = true;
  for (let i = 0; i < 9; i++) {
    const text = i < given.length ? given[i] : certain ? "" : undefined;
    if (i < given.length && given[i] === undefined) certain = false;
    own.set(String(i + 1), text === undefined ? UNKNOWN : textValue(text));
  }
  const all: Value = { kind: "list", items: given };
  own.set("@", all);
  own.set("*", all);
  own.set("#", certain ? textValue(String(given.length)) : UNKNOWN);
};
