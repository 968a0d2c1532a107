/** Words of a script as arguments, asked for without running what stands in them. */
import type { Word } from "../../../grammar/shell/tree.ts";
import type { Argument } from "./commands.ts";
import { type Source, variantsOf } from "./expand.ts";
import { type Run, type State, variable } from "./state.ts";
import { UNKNOWN } from "./values.ts";

/** A word as one argument; unknown when it is none or several. */
export const argumentOf = (run: Run, state: State, word: Word): Argument => {
  const [only, ...more] = variantsOf(word, quietSource(run, state));
  return {
    text: more.length === 0 && only?.fields.length === 1 ? only.fields[0] : undefined,
    site: run.mapSite(word.span),
    word,
  };
};

/** Asks words for values without running what stands in them a second time. */
const quietSource = (run: Run, state: State): Source => ({
  variable: (name) => variable(run, state, name),
  assign: () => undefined,
  substitute: () => UNKNOWN,
});

/** The names that `read`, `unset` and their like are given. */
export const assignedIn = (words: readonly Argument[]): readonly string[] =>
  words.flatMap(({ text }) => (text !== undefined && /^[A-Za-z_]\w*$/u.test(text) ? [text] : []));
