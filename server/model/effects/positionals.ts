/** The positional parameters of the script and of its functions. */
import { type Run, type State, variable } from "./state.ts";
import { textValue, UNKNOWN, type Value } from "./values.ts";

export const POSITIONS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "@", "*", "#"];

export const positionals = (run: Run, state: State): readonly (readonly [string, Value])[] =>
  POSITIONS.map((name) => [name, variable(run, state, name) ?? UNKNOWN] as const);

/** Sets $1… and $@. An unknown argument of unknown length makes those behind it unknown too. */
export const setPositionals = (state: State, given: readonly (string | readonly string[] | undefined)[], run?: Run): void => {
  const { own } = state.environment;
  let certain = true;
  for (let i = 0; i < 9; i++) {
    const text = i < given.length ? given[i] : certain ? "" : undefined;
    if (i < given.length && given[i] === undefined) certain = false;
    own.set(String(i + 1), text === undefined ? UNKNOWN : typeof text === "string" ? textValue(text) : oneOf(run, i + 1, text));
  }
  const all: Value = { kind: "list", items: given.map((one) => (typeof one === "string" ? one : undefined)) };
  own.set("@", all);
  own.set("*", all);
  own.set("#", certain ? textValue(String(given.length)) : UNKNOWN);
};

/** An argument that is one of several: the script is read for each, as if a `case` stood before it. */
const oneOf = (run: Run | undefined, position: number, texts: readonly string[]): Value => {
  if (run === undefined) return UNKNOWN;
  const branch = run.count.branches++;
  const site = run.mapSite({ start: 0, end: 0 });
  const subject = `$${position}`;
  return {
    kind: "texts",
    choices: texts.map((text, arm) => ({
      text,
      under: [{ kind: "branch", branch, arm, site, text: `${subject} is ${text}`, subject, values: [text] }],
    })),
  };
};
