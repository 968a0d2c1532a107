/** What a shell script does. */
import type { Span } from "../../../grammar/text.ts";
import type { ShellScript } from "../../../grammar/shell/tree.ts";
import { runStatements, sourceOf } from "./interpret.ts";
import { call } from "./invoke.ts";
import { setPositionals } from "./positionals.ts";
import { firstState, type Run } from "./state.ts";
import type { ScriptContext, ScriptEffects } from "./types.ts";
import { assignedNames, unassignedUses } from "./walk.ts";

/**
 * The effects of a script in the order in which it brings them about, those of all branches that cannot be ruled out.
 * Effects of both arms of an `if` follow each other; `onOnePath` tells whether two can happen in one run.
 */
export const effectsOf = (script: ShellScript, context: ScriptContext): ScriptEffects => {
  const mapSite = context.mapSite ?? ((span: Span) => ({ file: context.file, span }));
  const run: Run = {
    mapSite,
    invoke: call,
    statements: runStatements,
    source: sourceOf,
    effects: [],
    functions: new Map(),
    assigned: assignedNames(script.body, false),
    branches: 0,
    steps: 0,
    depth: 0,
    complete: true,
    errexit: /^-[a-z]*e/u.test(script.shebang?.argument ?? ""),
    pipefail: false,
  };
  const state = firstState();
  if (context.arguments !== undefined) setPositionals(state, context.arguments);
  runStatements(run, state, script.body);
  const statuses = state.result();
  return {
    effects: run.effects,
    unsetVariables: unassignedUses(script.body).map(({ name, span }) => ({ name, site: mapSite(span) })),
    exitStatuses: run.complete ? statuses : { known: statuses.known, unknown: true },
    complete: run.complete,
  };
};
