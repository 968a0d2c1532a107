/** `set -euo pipefail`: options of the shell itself. */
import { baseOf, type Invocation } from "./commands.ts";
import type { State } from "./state.ts";
import type { Effect } from "./types.ts";

const LETTERS: Readonly<Record<string, string>> = {
  a: "allexport",
  b: "notify",
  C: "noclobber",
  e: "errexit",
  f: "noglob",
  m: "monitor",
  n: "noexec",
  u: "nounset",
  v: "verbose",
  x: "xtrace",
  E: "errtrace",
};

/** Switches an option in a state. */
export const switchOption = (state: State, name: string, on: boolean): void => {
  if (name === "errexit") {
    state.strict = on && state.caught;
    state.errexit = !on ? "off" : state.caught ? "maybe" : "on";
  }
  if (name === "nounset") state.nounset = on ? "on" : "off";
  if (name === "errtrace") state.errtrace = on ? "on" : "off";
  if (name === "pipefail") state.pipefail = on ? "on" : "off";
};

/** The options that the arguments of `set`, or of the shebang, switch. */
export const optionsIn = (words: readonly (string | undefined)[]): readonly { readonly name: string; readonly on: boolean }[] => {
  const found: { name: string; on: boolean }[] = [];
  for (let i = 0; i < words.length; i++) {
    const text = words[i];
    if (text === undefined || text === "--" || !/^[-+]./u.test(text)) break;
    for (const letter of text.slice(1)) {
      if (letter === "o") {
        const name = words[++i];
        if (name !== undefined) found.push({ name, on: text.startsWith("-") });
      } else if (Object.hasOwn(LETTERS, letter)) found.push({ name: LETTERS[letter]!, on: text.startsWith("-") });
    }
  }
  return found;
};

export const setOptions = (state: State, call: Invocation): readonly Effect[] =>
  optionsIn(call.arguments.map(({ text }) => text)).map(({ name, on }) => {
    switchOption(state, name, on);
    return { ...baseOf(call), kind: "option", name, on };
  });
