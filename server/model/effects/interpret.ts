/**
 * Abstract interpretation: runs a script without running it. Constant variables are carried along, loops over known
 * words are unrolled, `case` and `if` take every arm that cannot be ruled out, each in a state of its own that is joined
 * behind it. Everything is bounded: commands, effects, depth, variants.
 */
import type { AndOr, Command, CommandSubstitution, Pipeline, ProcessSubstitution, Statement, Word } from "../../../grammar/shell/tree.ts";
import type { Site, Span } from "../../../grammar/text.ts";
import { assignedNamesIn, assignmentIn, evaluate } from "./arithmetic.ts";
import type { Argument, Invocation } from "./commands.ts";
import { runCase, runFor, runIf, runUnknownLoop, runWhile } from "./compound.ts";
import { describe } from "./conditions.ts";
import { emit } from "./emit.ts";
import { springErrorTrap } from "./error-trap.ts";
import { assignedValue, expandFor } from "./expand.ts";
import type { Source } from "./source.ts";
import { askedBy } from "./guards.ts";
import { psPipeline } from "./processes.ts";
import { trySetting } from "./readonly.ts";
import { runRedirections } from "./redirections.ts";
import { branchOff, isSet, isUnset, isUntouched, join, reach, type Run, type State, subshell, variable } from "./state.ts";
import { runSimple } from "./simple.ts";
import * as status from "./statuses.ts";
import { judgedCondition } from "./tests.ts";
import type { BranchStep } from "./types.ts";
import { argumentOf } from "./words.ts";
import { onlyText, textValue, UNKNOWN, type Value } from "./values.ts";

const MAX_STEPS = 20_000;
const MAX_DEPTH = 120;

/** Runs a list of commands in a state, up to where it ends. */
export const runStatements = (run: Run, state: State, statements: readonly Statement[]): void => {
  for (const { command, background } of statements) {
    if (state.ended !== undefined || !run.count.complete) return;
    if (background) {
      runCommand(run, subshell(state, { setting: { ...state.setting, background: true } }), command);
      state.status = status.decidedBy(status.SUCCESS, { site: run.mapSite(command.span), path: state.path });
      continue;
    }
    runCommand(run, state, command);
    if (isWatched(command)) endOnFailure(run, state);
  }
};

/** Commands whose failure ends a script under `set -e`; the inside of the others has been watched already. */
const isWatched = (command: Command): boolean =>
  command.kind === "pipeline"
    ? !command.negated
    : command.kind === "simple" || command.kind === "subshell" || command.kind === "test" || command.kind === "arithmetic-command";

/** What a trap for failures and `set -e` do behind a command. */
const endOnFailure = (run: Run, state: State): void => {
  springErrorTrap(run, state);
  if (state.errexit === "off" || (state.caught && !state.strict) || state.ended !== undefined || !status.mayFail(state.status)) return;
  state.exits.push(status.withHow(status.failures(state.status), "errexit"));
  if (state.errexit === "maybe") return;
  if (status.maySucceed(state.status)) state.status = status.successes(state.status);
  else state.ended = "exit";
};

/** Runs one command in a state. */
export const runCommand = (run: Run, state: State, command: Command): void => {
  if (++run.count.steps > MAX_STEPS) return reach(run, `the script runs more than ${MAX_STEPS} commands`, run.mapSite(command.span));
  if (run.count.depth > MAX_DEPTH) return reach(run, `more than ${MAX_DEPTH} commands lie in each other`, run.mapSite(command.span));
  run.count.depth++;
  dispatch(run, state, command);
  run.count.depth--;
  state.status = status.decidedBy(state.status, { site: run.mapSite(command.span), path: state.path });
};

const dispatch = (run: Run, state: State, command: Command): void => {
  if (command.kind !== "simple") {
    state.printed = undefined;
    state.output = undefined;
  }
  const redirections = "redirections" in command && command.kind !== "simple" ? command.redirections : [];
  if (redirections.length > 0) runRedirected(run, state, command, runRedirections(run, state, command, redirections));
  else perform(run, state, command);
};

/** A command of several: where a file cannot be opened nothing of it runs, and the script goes on. */
const runRedirected = (run: Run, state: State, command: Command, mayRefuse: status.Statuses): void => {
  if (mayRefuse.every(({ incidental }) => incidental)) {
    perform(run, state, command);
    if (state.ended === undefined) state.status = status.union(state.status, mayRefuse);
    return;
  }
  const { path } = state;
  const branch = run.count.branches++;
  const arm = (index: number, text: string): State => {
    const one = branchOff(state, { kind: "branch", branch, arm: index, site: run.mapSite(command.span), text });
    one.path = path;
    return one;
  };
  const opened = arm(0, "its files can be opened");
  perform(run, opened, command);
  const refused = arm(1, "a file cannot be opened");
  refused.status = mayRefuse;
  // What watches the failures of simple commands watches this one of the others.
  if (!isWatched(command)) endOnFailure(run, refused);
  join(state, [opened, refused]);
};

const perform = (run: Run, state: State, command: Command): void => {
  switch (command.kind) {
    case "simple":
      return runSimple(run, state, command);
    case "pipeline":
      return runPipeline(run, state, command);
    case "and-or":
      return runAndOr(run, state, command);
    case "if":
      return runIf(run, state, command);
    case "for":
      return runFor(run, state, command);
    case "select":
      runUnknownLoop(run, state, command.span, command.body, command.variable.text, "the loop runs");
      // At the end of the input it ends with 1.
      if (state.ended === undefined) state.status = status.union(state.status, status.FAILURE);
      return;
    case "arithmetic-for":
      expandFor(command.parts, sourceOf(run, state));
      return runUnknownLoop(run, state, command.span, command.body, undefined, "the loop runs");
    case "while":
      return runWhile(run, state, command);
    case "case":
      return runCase(run, state, command);
    case "coproc":
      runCommand(run, subshell(state, { setting: { ...state.setting, background: true } }), command.command);
      state.status = status.SUCCESS;
      return;
    case "function":
      run.functions.set(command.name.text, { body: command.body, mapSite: run.mapSite });
      state.status = status.SUCCESS;
      return;
    case "group":
      return runStatements(run, state, command.body);
    case "subshell": {
      const child = subshell(state);
      runStatements(run, child, command.body);
      state.status = child.result();
      return;
    }
    case "test":
      state.status = testStatus(run, state, command.words);
      return;
    case "arithmetic-command":
      expandFor(command.parts, sourceOf(run, state));
      runArithmetic(run, state, command.expression, run.mapSite(command.span));
      return;
  }
};

const runPipeline = (run: Run, state: State, command: Pipeline): void => {
  const { commands, negated } = command;
  if (commands.length === 0) {
    state.status = negated ? status.FAILURE : status.SUCCESS;
    return;
  }
  if (commands.length === 1) {
    // A single command behind `!` or `time` runs in the shell itself; behind `!` its failure is looked at.
    if (negated) {
      runCaught(run, state, commands[0]!, true);
      if (state.ended === undefined) state.status = status.negate(state.status);
    } else runCommand(run, state, commands[0]!);
    return;
  }
  const processes = psPipeline(commands, emptyCall(run, state, command.span), (word) => argumentOf(run, state, word));
  if (processes !== undefined) emit(run, processes);
  let { input, document } = state;
  const all: status.Statuses[] = [];
  for (const member of commands) {
    // In a subshell some shells heed `set -e` and some do not.
    const child = subshell(state, { input, document, errexit: state.errexit === "off" ? "off" : "maybe" });
    runCommand(run, child, member);
    all.push(child.result());
    input = child.printed;
    document = child.output;
  }
  state.printed = undefined;
  state.output = undefined;
  const last = all[all.length - 1]!;
  const earlier = all.slice(0, -1);
  const hidden = commands.slice(0, -1).flatMap((member, index) => (status.mayFail(earlier[index]!) ? [run.mapSite(member.span)] : []));
  const failing = status.union(...all.map(status.failures), [{ status: 141, incidental: true, site: run.mapSite(command.span) }]);
  const plain = hidden.length === 0 ? last : last.map((one) => ({ ...one, hides: hidden }));
  const strict = all.every(status.maySucceed) ? status.union(status.successes(last), failing) : failing;
  const outcome = state.pipefail === "on" ? strict : state.pipefail === "off" ? plain : status.union(plain, strict);
  state.status = negated ? status.negate(outcome) : outcome;
};

const runAndOr = (run: Run, state: State, command: AndOr): void => {
  runCaught(run, state, command.first);
  // What a chain of one operator has passed over goes by all the rest of it: put aside, else each link would copy all of it.
  let aside: status.Statuses[] = [];
  const takeBack = (): void => {
    if (aside.length > 0) state.status = status.union(state.status, ...aside.toReversed());
    aside = [];
  };
  for (const [index, { operator, command: next }] of command.rest.entries()) {
    if (state.ended !== undefined) break;
    if (index > 0 && command.rest[index - 1]!.operator !== operator) takeBack();
    const before = state.status;
    const takes = operator === "&&" ? status.maySucceed(before) : status.mayFail(before);
    const skips = aside.length > 0 || (operator === "&&" ? status.mayFail(before) : status.maySucceed(before));
    if (!takes) continue;
    const last = index === command.rest.length - 1;
    const goOn = (into: State): void => {
      if (!last) return runCaught(run, into, next);
      runCommand(run, into, next);
      if (isWatched(next)) endOnFailure(run, into);
    };
    if (!skips) {
      goOn(state);
      continue;
    }
    const condition = index === 0 ? command.first : command.rest[index - 1]!.command;
    const text = `${describe(condition)} ${operator === "&&" ? "succeeds" : "fails"}`;
    const asked = askedBy(condition, (word) => argumentOf(run, state, word), 0);
    const step: BranchStep = { kind: "branch", branch: run.count.branches++, arm: 0, site: run.mapSite(command.span), text };
    const guarded = (one: BranchStep, succeeds: boolean): BranchStep =>
      asked === undefined ? one : { ...one, guard: { ...asked, holds: asked.holds === succeeds } };
    const taken = branchOff(state, guarded(step, operator === "&&"));
    taken.status = operator === "&&" ? status.successes(before) : status.failures(before);
    goOn(taken);
    const skipped = branchOff(state, guarded({ ...step, arm: 1, text: `not: ${text}` }, operator === "||"));
    aside.push(operator === "&&" ? status.failures(before) : status.successes(before));
    skipped.status = [];
    join(state, [taken, skipped]);
  }
  takeBack();
};

/** A command whose failure the script looks at: `set -e` does not end it. */
const runCaught = (run: Run, state: State, command: Command, negated = false): void => {
  const { caught, trapPasses } = state;
  state.caught = true;
  // Of a group or a function behind `!` bash runs the trap for failures all the same, of a subshell it does not.
  if (!negated || command.kind === "subshell") state.trapPasses = true;
  runCommand(run, state, command);
  state.caught = caught;
  state.trapPasses = trapPasses;
};

/** An invocation that stands for a construct of several commands. */
const emptyCall = (run: Run, state: State, span: Span): Invocation => {
  const site = run.mapSite(span);
  return { name: "", written: "", arguments: [], site, command: site, path: state.path, setting: state.setting };
};

export const runArithmetic = (run: Run, state: State, expression: string, site: Site): void => {
  const assigned = assignmentIn(expression);
  if (assigned !== undefined && run.dialect === "bash" && trySetting(run, state, assigned.name, site, "command") === "refused") return;
  const text = (name: string): string | undefined => (isUntouched(state, name) ? "" : onlyText(variable(run, state, name)));
  if (assigned === undefined) {
    const value = evaluate(expression, text);
    state.status = value === undefined ? status.EITHER : value === 0 ? status.FAILURE : status.SUCCESS;
    for (const name of assignedNamesIn(expression)) state.environment.own.set(name, UNKNOWN);
    return;
  }
  const value = evaluate(assigned.value, text);
  state.environment.own.set(assigned.name, value === undefined ? UNKNOWN : textValue(String(value)));
  state.status = value === undefined ? status.EITHER : value === 0 ? status.FAILURE : status.SUCCESS;
  // `i++` answers with what was before.
  if (/^\w+(?:\+\+|--)$/u.test(expression.trim())) state.status = status.EITHER;
};

/** What words ask for in a state. */
export const sourceOf = (run: Run, state: State): Source => ({
  variable: (name) => variable(run, state, name),
  untouched: (name) => isUntouched(state, name),
  assign: (name, value, span) => {
    if (trySetting(run, state, name, run.mapSite(span), "assignment") === "set") state.environment.own.set(name, value);
  },
  substitute: (part) => substitute(run, state, part),
  unset: {
    mayBe: (name) => !isSet(state, name),
    surely: (name) => isUnset(state, name),
    inArithmetic: run.dialect === "bash",
    endsShell: state.nounset !== "off",
    certain: state.nounset === "on",
    refuse: (span, surely) => {
      // What bash ends with inside of a trap for the end depends on more than this.
      const code = run.dialect !== "bash" ? 2 : run.atExit.entered === undefined ? 1 : undefined;
      const by = { site: run.mapSite(span), how: "exit", path: state.path } as const;
      state.exits.push([code === undefined ? by : { ...by, status: code }]);
      if (surely) state.ended = "exit";
    },
  },
});

const substitute = (run: Run, state: State, part: CommandSubstitution | ProcessSubstitution): Value => {
  const child = subshell(state, { errexit: state.errexit === "off" ? "off" : "maybe", input: undefined, document: undefined });
  runStatements(run, child, part.body);
  state.substituted = child.result();
  const printed = part.body.length === 1 ? (child.printed ?? pathPart(run, state, part.body[0]!.command)) : undefined;
  if (printed === undefined || printed.some(({ text }) => text === undefined)) return UNKNOWN;
  const words = printed.filter(({ text }, index) => !(index === 0 && /^-[neE]+$/u.test(text!)));
  return words.some(({ text }) => text!.includes("%") || text!.includes("\\"))
    ? UNKNOWN
    : textValue(words.map(({ text }) => text).join(" "));
};

/** `dirname PATH` and `basename PATH [SUFFIX]` of a known path. */
const pathPart = (run: Run, state: State, command: Command): readonly Argument[] | undefined => {
  if (command.kind !== "simple" || command.words.length < 2) return undefined;
  const [name, path, suffix] = command.words.map((word) => argumentOf(run, state, word));
  if (path?.text === undefined || (name?.text !== "dirname" && name?.text !== "basename")) return undefined;
  const trimmed = path.text.length > 1 ? path.text.replace(/\/$/u, "") : path.text;
  const slash = trimmed.lastIndexOf("/");
  const base = trimmed.slice(slash + 1);
  const cut = suffix?.text !== undefined && base !== suffix.text && base.endsWith(suffix.text) ? base.slice(0, -suffix.text.length) : base;
  return [{ ...path, text: name.text === "basename" ? cut : slash < 0 ? "." : slash === 0 ? "/" : trimmed.slice(0, slash) }];
};

/** What `[[ … ]]`, `[ … ]` and `test` answer: of two known texts the outcome, else either. */
export const testStatus = (run: Run, state: State, words: readonly Word[]): status.Statuses => {
  const source = sourceOf(run, state);
  const texts = words.map((word) => {
    const value = assignedValue(word, source);
    return onlyText(value);
  });
  return judgedCondition(words, texts);
};
