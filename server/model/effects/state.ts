/** What one interpretation carries along: the run as a whole, and the state of each branch of it. */
import type { Site, Span } from "../../../grammar/text.ts";
import type { Command, SimpleCommand, Statement } from "../../../grammar/shell/tree.ts";
import type { Argument } from "./commands.ts";
import type { Source } from "./expand.ts";
import * as status from "./statuses.ts";
import type { BranchStep, Effect, ExitStatuses, PathStep } from "./types.ts";
import { type Environment, joinVariables, lookup, newEnvironment, textValue, UNKNOWN, type Value } from "./values.ts";

/** One script's interpretation. */
export interface Run {
  readonly mapSite: (span: Span) => Site;
  /** Runs a list of commands; what words ask for. Here, with `invoke`, because the files of the interpretation need each other. */
  readonly statements: (run: Run, state: State, statements: readonly Statement[]) => void;
  readonly source: (run: Run, state: State) => Source;
  /** Runs a simple command whose words are evaluated; */
  readonly invoke: (run: Run, state: State, command: SimpleCommand, words: readonly Argument[]) => void;
  readonly effects: Effect[];
  readonly functions: Map<string, Command>;
  /** Names that something in the script assigns. */
  readonly assigned: ReadonlySet<string>;
  branches: number;
  steps: number;
  depth: number;
  complete: boolean;
  errexit: boolean;
  pipefail: boolean;
}

/** Why nothing behind a command is reached. */
export type Ended = "exit" | "return" | "break" | "continue";

/** Where one branch of the script stands. */
export interface State {
  environment: Environment;
  path: readonly PathStep[];
  /** Of the last command. */
  status: ExitStatuses;
  ended: Ended | undefined;
  /** An arm left by break, continue or return, and what it had assigned was not joined. */
  dropped: boolean;
  /** Inside a condition: failures are looked at. */
  caught: boolean;
  /** Where the statuses of `exit` go: the script's, or a subshell's own. */
  exits: ExitStatuses[];
  /** Where those of `return` go. */
  returns: ExitStatuses[];
  /** What the last command printed, when it was an echo; and what a pipe brings. */
  printed: readonly Argument[] | undefined;
  input: readonly Argument[] | undefined;
  /** The status of the last command substitution in the command at hand. */
  substituted: ExitStatuses | undefined;
  /** The step with which the branch began. */
  readonly step: BranchStep | undefined;
  /** The status with which all of it ends. */
  readonly result: () => ExitStatuses;
}

const resultOf = (state: State): ExitStatuses =>
  state.ended === "exit" ? status.union(...state.exits) : status.union(...state.exits, state.status);

export const firstState = (): State => {
  const state: State = {
    environment: newEnvironment(),
    path: [],
    status: status.SUCCESS,
    ended: undefined,
    dropped: false,
    caught: false,
    exits: [],
    returns: [],
    printed: undefined,
    input: undefined,
    substituted: undefined,
    step: undefined,
    result: () => resultOf(state),
  };
  return state;
};

const child = (state: State, changes: Partial<State>): State => {
  const next: State = {
    ...state,
    environment: newEnvironment(state.environment),
    dropped: false,
    substituted: undefined,
    ...changes,
    result: () => resultOf(next),
  };
  return next;
};

/** The state of one arm; joined with the others behind the command. */
export const branchOff = (state: State, step: BranchStep): State => child(state, { path: [...state.path, step], step });

/** The state of a subshell: what it assigns is lost, its exit is its own. */
export const subshell = (state: State): State => child(state, { exits: [], returns: [] });

/** Puts together what the branches of one command leave; those that ended only count when all did. */
export const join = (state: State, branches: readonly State[]): void => {
  const live = branches.filter(({ ended }) => ended === undefined);
  if (live.length === 0) {
    const reasons = branches.map(({ ended }) => ended!);
    state.ended = (["break", "continue", "return", "exit"] as const).find((reason) => reasons.includes(reason));
    if (branches.length > 1) state.dropped = true;
    return;
  }
  if (live.length < branches.length && branches.some(({ ended }) => ended !== undefined && ended !== "exit")) state.dropped = true;
  if (branches.some(({ dropped }) => dropped)) state.dropped = true;
  state.status = status.union(...live.map((branch) => branch.status));
  // Behind `if …; then exit; fi` the other arm is the only one left.
  const [survivor] = live;
  if (live.length === 1 && branches.length > 1) state.path = survivor!.path;
  joinVariables(
    state.environment,
    live.map(({ environment, step }) => ({ environment, step: step! })),
  );
};

/** A variable's value; undefined when nothing has set it. */
export const variable = (run: Run, state: State, name: string): Value | undefined => {
  if (name === "?") {
    const [only, ...rest] = state.status.known;
    return only !== undefined && rest.length === 0 && !state.status.unknown ? textValue(String(only)) : UNKNOWN;
  }
  const value = lookup(state.environment, name);
  if (value !== undefined) return value;
  if (/^[0-9@*#$!-]/u.test(name)) return UNKNOWN;
  // Assigned somewhere, but not on the way here: empty, or from the environment.
  return run.assigned.has(name) ? UNKNOWN : undefined;
};
