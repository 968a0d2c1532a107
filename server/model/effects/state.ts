/** What one interpretation carries along: the run as a whole, and the state of each branch of it. */
import type { Dialect } from "../../../grammar/shell/dialect.ts";
import type { Command, ShellScript, SimpleCommand, Statement } from "../../../grammar/shell/tree.ts";
import type { Site, Span } from "../../../grammar/text.ts";
import type { Argument, Invocation } from "./commands.ts";
import type { Document } from "./document.ts";
import type { Source } from "./source.ts";
import type { Limit, SourcedFile } from "./script-facts.ts";
import * as status from "./statuses.ts";
import type { BranchStep, Effect, Known, PathStep } from "./types.ts";
import { type Environment, joinVariables, lookup, newEnvironment, onlyText, textValue, UNKNOWN, type Value } from "./values.ts";

/** What the whole interpretation counts, files read in and inline scripts included. */
export interface Count {
  branches: number;
  steps: number;
  depth: number;
  complete: boolean;
  /** The first bound that was reached, and where. */
  limit: Limit | undefined;
}

/** Notes that a bound ended the reading early. */
export const reach = ({ count }: Run, what: string, site: Site): void => {
  count.complete = false;
  count.limit ??= { what, site };
};

export interface ShellFunction {
  readonly body: Command;
  /** Sites of its body: it may have come from a file that was read in. */
  readonly mapSite: (span: Span) => Site;
}

/** One script's interpretation. A file that is read in has a run of its own that shares most of it. */
export interface Run {
  readonly mapSite: (span: Span) => Site;
  /** Runs a list of commands; what words ask for. Here, with `invoke`, because the files of the interpretation need each other. */
  readonly statements: (run: Run, state: State, statements: readonly Statement[]) => void;
  readonly source: (run: Run, state: State) => Source;
  /** Runs a simple command whose words are evaluated. */
  readonly invoke: (run: Run, state: State, command: SimpleCommand, words: readonly Argument[]) => void;
  readonly effects: Effect[];
  readonly functions: Map<string, ShellFunction>;
  /** Names that something in the script assigns. */
  readonly assigned: ReadonlySet<string>;
  /** Names that something in the script makes readonly. */
  readonly fixed: ReadonlySet<string>;
  readonly count: Count;
  /** What `#!` names: bash and sh do not agree on everything. */
  readonly dialect: Dialect;
  /** What traps do, put off until the script's functions are known. */
  readonly traps: (() => void)[];
  readonly atExit: AtExit;
  /** The files being read in, outermost first: one of them again is a cycle. */
  readonly sourcing: readonly string[];
  readonly sourced: ((path: string) => SourcedFile | undefined) | undefined;
}

/** What is known of the trap for the end of the script. */
export interface AtExit {
  /** How many commands set or reset one. */
  traps: number;
  /** Where the statuses of the script's own `exit` go, those of no subshell. */
  readonly exits: status.Statuses[];
  /** What the statuses of the script become, when every run has set the trap. */
  statuses: ((before: status.Statuses) => status.Statuses) | undefined;
  /** Inside of the trap: what the script would have ended with. */
  readonly entered?: status.Statuses;
}

/** A command of the shell itself. False: the command goes on to the interpreters of the table. */
export type Builtin = (run: Run, state: State, invocation: Invocation, command: SimpleCommand) => boolean;

/** Why nothing behind a command is reached. `outer`: a `break 2` or `continue 2` inside the inner loop. */
export type Ended = "exit" | "return" | "break" | "continue" | "outer";

/** Whether an option of the shell is on; `maybe` where branches disagree. */
export type Switch = "on" | "off" | "maybe";

/** `trap … ERR`. `unclear`: there may be one, or what it does cannot be read. */
export type ErrorTrap =
  { readonly kind: "command"; readonly script: ShellScript; readonly site: Site } | { readonly kind: "unclear"; readonly site: Site };

/** A way out of a round of a loop. */
export interface Leave {
  readonly how: "break" | "continue";
  /** How many loops are left, or gone on with, counted from the innermost. */
  readonly levels: number;
  readonly status: status.Statuses;
  readonly switches: Switches;
}

/** A way out of a function or a file that is read in. */
export interface Return {
  readonly status: status.Statuses;
  readonly switches: Switches;
}

/** Around which commands run: what `&`, `timeout` and `sudo` make of those behind them. */
export interface Setting {
  readonly background?: true;
  readonly timeLimit?: Known<number>;
  readonly user?: Known<string>;
}

/** Where one branch of the script stands. */
export interface State {
  environment: Environment;
  path: readonly PathStep[];
  setting: Setting;
  /** Of the last command. */
  status: status.Statuses;
  ended: Ended | undefined;
  /** An arm left by break, continue or return, and what it had assigned was not joined. */
  dropped: boolean;
  /** Inside a condition: failures are looked at. */
  caught: boolean;
  /** The same for the trap for failures, which sees them behind `!`. */
  trapPasses: boolean;
  errexit: Switch;
  /** `set -e` came inside a condition: bash then may end the shell in conditions as well. */
  strict: boolean;
  pipefail: Switch;
  nounset: Switch;
  /** `set -E`: functions and subshells have the trap for failures too. */
  errtrace: Switch;
  errorTrap: ErrorTrap | undefined;
  /** How many functions and files that are read in lie around: `return` ends the innermost. */
  calls: number;
  /** Where the statuses of `exit` go: the script's, or a subshell's own. */
  exits: status.Statuses[];
  /** Where those of `return` go. */
  returns: Return[];
  /** Where `break` and `continue` go: the innermost loop's. */
  leaves: Leave[];
  /** How many loops lie around. */
  loops: number;
  /** In a round that may not be the first: what nothing has set here may be set all the same. */
  again: boolean;
  /** What the last command printed, when it was an echo; and what a pipe brings. */
  printed: readonly Argument[] | undefined;
  output: Document | undefined;
  input: readonly Argument[] | undefined;
  document: Document | undefined;
  /** The status of the last command substitution in the command at hand. */
  substituted: status.Statuses | undefined;
  /** The step with which the branch began. */
  readonly step: BranchStep | undefined;
  /** The status with which all of it ends. */
  readonly result: () => status.Statuses;
}

const resultOf = (state: State): status.Statuses =>
  state.ended === "exit" ? status.union(...state.exits, []) : status.union(...state.exits, state.status);

export const firstState = (): State => {
  const state: State = {
    environment: newEnvironment(),
    path: [],
    setting: {},
    status: status.SUCCESS,
    ended: undefined,
    dropped: false,
    caught: false,
    trapPasses: false,
    errexit: "off",
    strict: false,
    pipefail: "off",
    nounset: "off",
    errtrace: "off",
    errorTrap: undefined,
    calls: 0,
    exits: [],
    returns: [],
    leaves: [],
    loops: 0,
    again: false,
    printed: undefined,
    output: undefined,
    input: undefined,
    document: undefined,
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
export const subshell = (state: State, changes: Partial<State> = {}): State =>
  child(state, { exits: [], returns: [], errorTrap: inheritedTrap(state), ...changes });

const agreed = (switches: readonly Switch[]): Switch => (switches.every((one) => one === switches[0]) ? switches[0]! : "maybe");

/** The trap behind several ways: one on which they do not agree is unclear. */
const agreedTrap = (traps: readonly (ErrorTrap | undefined)[]): ErrorTrap | undefined => {
  const [first] = traps;
  if (traps.every((trap) => trap === first)) return first;
  return { kind: "unclear", site: traps.find((trap) => trap !== undefined)!.site };
};

/** What functions and subshells have of it. */
export const inheritedTrap = (state: State): ErrorTrap | undefined => {
  if (state.errorTrap === undefined || state.errtrace === "on") return state.errorTrap;
  return state.errtrace === "off" ? undefined : { kind: "unclear", site: state.errorTrap.site };
};

/** The options of a state, and its trap for failures: what `set` and `trap` change besides variables. */
export type Switches = Pick<State, "errexit" | "pipefail" | "nounset" | "errtrace" | "errorTrap">;

export const switchesOf = ({ errexit, pipefail, nounset, errtrace, errorTrap }: State): Switches => ({
  errexit,
  pipefail,
  nounset,
  errtrace,
  errorTrap,
});

/** Some ways have left early, before or behind something that was switched. */
export const blurSwitches = (state: State, ways: readonly { readonly switches: Switches }[]): void => {
  for (const { switches } of ways) blurWith(state, switches);
};

const blurWith = (state: State, before: Switches): void => {
  state.errexit = agreed([before.errexit, state.errexit]);
  state.pipefail = agreed([before.pipefail, state.pipefail]);
  state.nounset = agreed([before.nounset, state.nounset]);
  state.errtrace = agreed([before.errtrace, state.errtrace]);
  state.errorTrap = agreedTrap([before.errorTrap, state.errorTrap]);
};

/** How all of several ways end that one command can take; undefined where one of them goes on. */
export const endedBy = (reasons: readonly (Ended | undefined)[]): Ended | undefined =>
  reasons.includes(undefined)
    ? undefined
    : (["break", "continue", "outer", "return", "exit"] as const).find((reason) => reasons.includes(reason));

/** Puts together what the branches of one command leave; those that ended only count when all did. */
export const join = (state: State, branches: readonly State[]): void => {
  const live = branches.filter(({ ended }) => ended === undefined);
  if (live.length === 0) {
    state.ended = endedBy(branches.map(({ ended }) => ended));
    state.status = status.union(...branches.map((branch) => branch.status), []);
    if (branches.length > 1) state.dropped = true;
    return;
  }
  state.ended = undefined;
  if (live.length < branches.length && branches.some(({ ended }) => ended !== undefined && ended !== "exit")) state.dropped = true;
  if (branches.some(({ dropped }) => dropped)) state.dropped = true;
  state.status = status.union(...live.map((branch) => branch.status), []);
  state.errexit = agreed(live.map(({ errexit }) => errexit));
  state.strict = live.some(({ strict }) => strict);
  state.pipefail = agreed(live.map(({ pipefail }) => pipefail));
  state.nounset = agreed(live.map(({ nounset }) => nounset));
  state.errtrace = agreed(live.map(({ errtrace }) => errtrace));
  state.errorTrap = agreedTrap(live.map(({ errorTrap }) => errorTrap));
  // Behind `if …; then exit; fi` the other arm is the only one left.
  const [survivor] = live;
  if (live.length === 1 && branches.length > 1) state.path = survivor!.path;
  joinVariables(
    state.environment,
    live.map(({ environment, step }) => ({ environment, step: step! })),
  );
};

const isSetTo = (value: Value | undefined): boolean => value !== undefined && value.unset === undefined;

/** Whether a variable has certainly been set, be it to what cannot be known. */
export const isSet = (state: State, name: string): boolean => {
  if (!/^[1-9][0-9]*$/u.test(name)) return !/^[A-Za-z_]/u.test(name) || isSetTo(lookup(state.environment, name));
  const count = onlyText(lookup(state.environment, "#"));
  return count !== undefined && Number(name) <= Number(count);
};

/** Whether a variable has certainly not been set. */
export const isUnset = (state: State, name: string): boolean => {
  if (!/^[1-9][0-9]*$/u.test(name)) return lookup(state.environment, name)?.unset === "surely";
  const count = onlyText(lookup(state.environment, "#"));
  return count !== undefined && Number(name) > Number(count);
};

/** Whether nothing of the script has set a variable on the way here: it is empty, or comes from the environment. */
export const isUntouched = (state: State, name: string): boolean =>
  !state.again && /^[A-Za-z_]/u.test(name) && lookup(state.environment, name) === undefined;

/** A variable's value; undefined when nothing has set it. */
export const variable = (run: Run, state: State, name: string): Value | undefined => {
  if (name === "?") {
    const only = status.onlyStatus(state.status);
    return only === undefined ? { kind: "unknown", status: state.status } : textValue(String(only));
  }
  const value = lookup(state.environment, name);
  if (value !== undefined) return value;
  if (/^[0-9@*#$!-]/u.test(name)) return UNKNOWN;
  // Assigned somewhere, but not on the way here: empty, or from the environment.
  return run.assigned.has(name) ? UNKNOWN : undefined;
};
