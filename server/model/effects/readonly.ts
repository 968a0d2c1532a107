/** Variables that cannot be set any more, and what the shells do where a script tries to: dash ends, bash does not run the command. */
import type { Site } from "../../../grammar/text.ts";
import type { Run, State } from "./state.ts";
import * as status from "./statuses.ts";
import { lookup, textValue, UNKNOWN } from "./values.ts";

/** No name of a variable has a blank in it: so branches and subshells treat the mark as they treat the value. */
const markOf = (name: string): string => `readonly ${name}`;

export const makeReadonly = (state: State, name: string): void => void state.environment.own.set(markOf(name), textValue(""));

/** Some way on which the variable may have been made readonly is lost. */
export const mayBeReadonly = (run: Run, state: State, name: string): void => {
  if (run.fixed.has(name)) state.environment.own.set(markOf(name), UNKNOWN);
};

/** What an attempt to set a variable comes to. `refused`: it keeps its value, and the status is set. */
export type Attempt = "set" | "refused";

/** `by`: an assignment that stands alone, or a command like `export` and `unset`. */
export const trySetting = (run: Run, state: State, name: string, site: Site, by: "assignment" | "command"): Attempt => {
  const mark = lookup(state.environment, markOf(name));
  if (mark === undefined) return "set";
  const certain = mark.kind === "texts";
  if (run.dialect !== "bash") {
    state.exits.push([{ status: 2, site, how: "exit", path: state.path }]);
    if (!certain) return "set";
    state.status = status.exactly(2);
    state.ended = "exit";
    return "refused";
  }
  if (!certain) {
    state.exits.push([{ site, path: state.path }]);
    return "set";
  }
  if (by === "assignment") giveUp(run, state, site);
  state.status = status.FAILURE;
  return "refused";
};

/**
 * bash gives up the whole command that it read last, however many of its own lie around; a subshell ends. Behind a command of a
 * line of its own the script goes on. How far anything else reaches is not told here.
 */
export const giveUp = (run: Run, state: State, site: Site): void => {
  const inTrap = run.atExit.entered !== undefined;
  if (!inTrap && state.exits !== run.atExit.exits) {
    state.exits.push([{ status: 1, site, how: "exit", path: state.path }]);
    state.ended = "exit";
  } else if (inTrap || run.count.depth > 1) state.exits.push([{ site, path: state.path }]);
};
