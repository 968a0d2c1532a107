/** How effects get onto the list. */
import { argument, baseOf, type Invocation } from "./commands.ts";
import { maybe } from "./known.ts";
import { reach, type Run } from "./state.ts";
import type { Effect } from "./types.ts";

const MAX_EFFECTS = 5000;

export const emit = (run: Run, effect: Effect): void => {
  if (run.effects.length >= MAX_EFFECTS) reach(run, `the script does more than ${MAX_EFFECTS} things`, effect.site);
  else run.effects.push(effect);
};

/** A command that is none of those kalint describes. */
export const runEffect = (invocation: Invocation): Effect => ({
  ...baseOf(invocation),
  kind: "run",
  name: maybe(invocation.written === "" ? undefined : invocation.written, invocation.command),
  arguments: invocation.arguments.map(argument),
});
