/** What a shell script does. */
import { dialectOf } from "../../../grammar/shell/dialect.ts";
import type { ShellScript } from "../../../grammar/shell/tree.ts";
import type { Span } from "../../../grammar/text.ts";
import { runStatements, sourceOf } from "./interpret.ts";
import { call } from "./invoke.ts";
import { inBaseChains } from "./nft-chains.ts";
import { optionsIn, switchOption } from "./options-of-shell.ts";
import { setPositionals } from "./positionals.ts";
import type { Ending, ScriptContext, ScriptEffects } from "./script-facts.ts";
import { firstState, type Run } from "./state.ts";
import * as status from "./statuses.ts";
import { textValue } from "./values.ts";
import { argumentsOf, assignedNames, unassignedUses } from "./walk.ts";

const MAX_TRAPS = 20;

/**
 * The effects of a script in the order in which it brings them about, those of all branches that cannot be ruled out.
 * Effects of both arms of an `if` follow each other; `onOnePath` tells whether two can happen in one run.
 */
export const effectsOf = (script: ShellScript, context: ScriptContext): ScriptEffects => {
  const mapSite = context.mapSite ?? ((span: Span) => ({ file: context.file, span }));
  const state = firstState();
  const run: Run = {
    mapSite,
    invoke: call,
    statements: runStatements,
    source: sourceOf,
    effects: [],
    functions: new Map(),
    assigned: assignedNames(script.body, false),
    fixed: argumentsOf(script.body, /^(?:readonly|declare|typeset|local)$/u),
    count: { branches: 0, steps: 0, depth: 0, complete: true, limit: undefined },
    dialect: dialectOf(script.shebang),
    traps: [],
    atExit: { traps: 0, exits: state.exits, statuses: undefined },
    sourcing: [context.file],
    sourced: context.sourced,
  };
  for (const { name, on } of optionsIn((script.shebang?.argument ?? "").split(/[ \t]+/u))) switchOption(state, name, on);
  if (context.path !== undefined) state.environment.own.set("0", textValue(context.path));
  if (context.arguments !== undefined) setPositionals(state, context.arguments, run);
  // What the parser did not read may do anything.
  if (script.problems.some(({ kind }) => kind !== "syntax")) run.count.complete = false;
  runStatements(run, state, script.body);
  // Two that set one: which of them is in force at the end depends on the way.
  if (run.atExit.traps !== 1 || run.traps.length > MAX_TRAPS) run.atExit.statuses = undefined;
  const { statuses: behindTrap } = run.atExit;
  for (const spring of run.traps.slice(0, MAX_TRAPS)) spring();
  const own = status.decidedBy(state.result(), { site: mapSite(script.span), path: [] });
  const statuses = behindTrap === undefined ? own : behindTrap(own);
  const { complete } = run.count;
  const summary = status.summary(statuses);
  return {
    effects: inBaseChains(run.effects),
    unsetVariables: unassignedUses(script.body).map(({ name, span }) => ({ name, site: mapSite(span) })),
    exitStatuses: complete ? summary : { known: summary.known, unknown: true },
    endings: complete ? statuses.map(ending).toSorted((a, b) => a.site.span.start - b.site.span.start) : [],
    complete,
    ...(run.count.limit === undefined ? {} : { limit: run.count.limit }),
  };
};

const ending = ({ status: code, site, command, hides, incidental, how, path }: status.Outcome): Ending => ({
  site: site!,
  how: how ?? "end",
  path: path ?? [],
  ...(code === undefined ? {} : { status: code }),
  ...(command === undefined ? {} : { command }),
  ...(hides === undefined ? {} : { hides }),
  ...(incidental === undefined ? {} : { incidental }),
});
