/** How effects get onto the list. */
import { argument, baseOf, type Invocation } from "./commands.ts";
import { maybe } from "./known.ts";
import type { Run } from "./state.ts";
import type { Effect } from "./types.ts";

const MAX_EFFECTS = 5000;

export const emit = (run: Run, effect: Effect): void => {
  if (run.effects.length >= MAX_EFFECTS) run.count.complete = false;
  else run.effects.push(effect);
};

/** A command that is none of those kalint describes. */
export const runEffect = (invocation: Invocation): Effect => ({
  ...baseOf(invocation),
  kind: "run",
  name: maybe(invocation.written === "" ? undefined : invocation.written, invocation.command),
  arguments: invocation.arguments.map(argument),
});
