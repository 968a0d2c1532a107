/**
 * Abstract interpretation: runs a script without running it. Constant variables are carried along, loops over known
 * words are unrolled, `case` and `if` take every arm that cannot be ruled out, each in a state of its own that is joined
 * behind it. Everything is bounded: commands, effects, depth, variants.
 */
import type { Command, CommandSubstitution, ProcessSubstitution, SimpleCommand, Statement, Word } from "../../../grammar/shell/tree.ts";
import { assignmentIn, evaluate } from "./arithmetic.ts";
import type { Argument } from "./commands.ts";
import { runCase, runFor, runIf, runUnknownLoop, runWhile } from "./compound.ts";
import { describe, judged } from "./conditions.ts";
import { assignedValue, type Source, variantsOf } from "./expand.ts";
import { branchOff, join, type Run, type State, subshell, variable } from "./state.ts";
import * as status from "./statuses.ts";
import type { BranchStep, ExitStatuses } from "./types.ts";
import { both, compatible, onlyText, textValue, UNKNOWN, type Value } from "./values.ts";

const MAX_STEPS = 20_000;
const MAX_DEPTH = 120;

/** Runs a list of commands in a state, up to where it ends. */
export const runStatements = (run: Run, state: State, statements: readonly Statement[]): void => {
  for (const statement of statements) {
    if (state.ended !== undefined || !run.complete) return;
    if (statement.background) {
      const child = subshell(state);
      runCommand(run, child, statement.command);
      state.status = status.SUCCESS;
      continue;
    }
    runCommand(run, state, statement.command);
    if (run.errexit && !state.caught && state.ended === undefined && statement.command.kind !== "and-or" && status.mayFail(state.status)) {
      state.exits.push(status.failures(state.status));
      if (status.maySucceed(state.status)) state.status = status.SUCCESS;
      else state.ended = "exit";
    }
  }
};

/** Runs one command in a state. */
export const runCommand = (run: Run, state: State, command: Command): void => {
  if (++run.steps > MAX_STEPS || run.depth > MAX_DEPTH) {
    run.complete = false;
    return;
  }
  run.depth++;
  dispatch(run, state, command);
  run.depth--;
};

const dispatch = (run: Run, state: State, command: Command): void => {
  if (command.kind !== "simple") state.printed = undefined;
  switch (command.kind) {
    case "simple":
      return runSimple(run, state, command);
    case "pipeline": {
      let input = state.input;
      let last: ExitStatuses = status.SUCCESS;
      const all: ExitStatuses[] = [];
      for (const member of command.commands) {
        // A single command behind `!` runs in the shell itself.
        const child = command.commands.length === 1 ? state : subshell(state);
        const { caught } = child;
        child.caught = true;
        child.input = input;
        runCommand(run, child, member);
        child.caught = caught;
        last = child === state ? state.status : child.result();
        all.push(last);
        input = child.printed;
      }
      if (command.commands.length > 1) {
        state.printed = undefined;
        if (run.pipefail && all.some(status.mayFail)) last = status.union(last, ...all.map(status.failures));
      }
      state.status = command.negated ? status.negate(last) : last;
      return;
    }
    case "and-or": {
      runCaught(run, state, command.first);
      command.rest.forEach(({ operator, command: next }, index) => {
        if (state.ended !== undefined) return;
        const before = state.status;
        const takes = operator === "&&" ? status.maySucceed(before) : status.mayFail(before);
        const skips = operator === "&&" ? status.mayFail(before) : status.maySucceed(before);
        if (!takes) return;
        const final = index === command.rest.length - 1;
        if (!skips) {
          if (final) runCommand(run, state, next);
          else runCaught(run, state, next);
          return;
        }
        const branch = run.branches++;
        const text = `${describe(index === 0 ? command.first : command.rest[index - 1]!.command)} ${operator === "&&" ? "succeeds" : "fails"}`;
        const step: BranchStep = { kind: "branch", branch, arm: 0, site: run.mapSite(command.span), text };
        const taken = branchOff(state, step);
        if (final) runCommand(run, taken, next);
        else runCaught(run, taken, next);
        const skipped = branchOff(state, { ...step, arm: 1, text: `not: ${text}` });
        skipped.status = operator === "&&" ? status.failures(before) : status.SUCCESS;
        join(state, [taken, skipped]);
      });
      return;
    }
    case "if":
      return runIf(run, state, command);
    case "for":
    case "select":
      if (command.kind === "for") return runFor(run, state, command);
      return runUnknownLoop(run, state, command.span, command.body, command.variable.text, "the loop runs");
    case "arithmetic-for":
      return runUnknownLoop(run, state, command.span, command.body, undefined, "the loop runs");
    case "while":
      return runWhile(run, state, command);
    case "case":
      return runCase(run, state, command);
    case "function":
      run.functions.set(command.name.text, command.body);
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
      runArithmetic(run, state, command.expression);
      return;
  }
};

/** A command whose failure the script looks at: `set -e` does not end it. */
const runCaught = (run: Run, state: State, command: Command): void => {
  const { caught } = state;
  state.caught = true;
  runCommand(run, state, command);
  state.caught = caught;
};

export const runArithmetic = (run: Run, state: State, expression: string): void => {
  const assigned = assignmentIn(expression);
  const text = (name: string): string | undefined => onlyText(variable(run, state, name));
  if (assigned === undefined) {
    const value = evaluate(expression, text);
    state.status = value === undefined ? status.EITHER : value === 0 ? status.FAILURE : status.SUCCESS;
    for (const [, name] of expression.matchAll(/([A-Za-z_]\w*)\s*(?:\+\+|--|[-+*/%]?=(?!=))/gu)) state.environment.own.set(name!, UNKNOWN);
    return;
  }
  const value = evaluate(assigned.value, text);
  state.environment.own.set(assigned.name, value === undefined ? UNKNOWN : textValue(String(value)));
  state.status = status.EITHER;
};

/** What words ask for in a state. */
export const sourceOf = (run: Run, state: State): Source => ({
  variable: (name) => variable(run, state, name),
  assign: (name, value) => void state.environment.own.set(name, value),
  substitute: (part) => substitute(run, state, part),
});

const substitute = (run: Run, state: State, part: CommandSubstitution | ProcessSubstitution): Value => {
  const child = subshell(state);
  runStatements(run, child, part.body);
  state.substituted = child.result();
  const printed = part.body.length === 1 ? child.printed : undefined;
  if (printed === undefined || printed.some(({ text }) => text === undefined)) return UNKNOWN;
  const words = printed.filter(({ text }, index) => !(index === 0 && /^-[neE]+$/u.test(text!)));
  return words.some(({ text }) => text!.includes("%") || text!.includes("\\"))
    ? UNKNOWN
    : textValue(words.map(({ text }) => text).join(" "));
};

const assign = (run: Run, state: State, command: SimpleCommand): void => {
  const source = sourceOf(run, state);
  for (const { name, value, append, index } of command.assignments) {
    if (value.kind === "array") {
      const items = value.elements.flatMap((word): readonly (string | undefined)[] => {
        const [only, ...rest] = variantsOf(word, source);
        return only === undefined || rest.length > 0 ? [undefined] : only.fields;
      });
      const before = append ? variable(run, state, name.text) : undefined;
      state.environment.own.set(
        name.text,
        append && before?.kind !== "list" ? UNKNOWN : { kind: "list", items: [...(before?.kind === "list" ? before.items : []), ...items] },
      );
      continue;
    }
    const given = assignedValue(value, source);
    if (index !== undefined) state.environment.own.set(name.text, UNKNOWN);
    else if (append) {
      const before = onlyText(variable(run, state, name.text));
      const added = onlyText(given);
      state.environment.own.set(
        name.text,
        before === undefined || added === undefined || before.length > 10_000 ? UNKNOWN : textValue(before + added),
      );
    } else state.environment.own.set(name.text, given);
  }
};

const MAX_VARIANTS = 16;

const runSimple = (run: Run, state: State, command: SimpleCommand): void => {
  const before = state.status;
  state.substituted = undefined;
  const source = sourceOf(run, state);
  if (command.words.length === 0) {
    assign(run, state, command);
    state.printed = undefined;
    for (const { target } of command.redirections) variantsOf(target, source);
    state.status = state.substituted ?? status.SUCCESS;
    return;
  }
  let variants: readonly { readonly words: Argument[]; readonly under: readonly BranchStep[] }[] = [{ words: [], under: [] }];
  for (const word of command.words) {
    const site = run.mapSite(word.span);
    const readings = variantsOf(word, source);
    const [only] = readings;
    if (readings.length === 1 && only!.under.length === 0) {
      for (const { words } of variants) for (const text of only!.fields) words.push({ text, site, word });
      continue;
    }
    const next = variants.flatMap(({ words, under }) =>
      readings.flatMap((reading) => {
        const together = both(under, reading.under);
        return together === undefined
          ? []
          : [{ words: [...words, ...reading.fields.map((text) => ({ text, site, word }))], under: together }];
      }),
    );
    variants =
      next.length === 0 || next.length > MAX_VARIANTS
        ? variants.map(({ words, under }) => ({ words: [...words, { text: undefined, site, word }], under }))
        : next;
  }
  const possible = variants.filter(({ under }) => compatible(state.path, under));
  const results: ExitStatuses[] = [];
  const { path } = state;
  state.status = before;
  for (const { words, under } of possible) {
    if (words.length === 0 || state.ended !== undefined) continue;
    state.path = [...path, ...under.filter((step) => !path.some((other) => other.kind === "branch" && other.branch === step.branch))];
    state.status = before;
    run.invoke(run, state, command, words);
    results.push(state.status);
  }
  state.path = path;
  state.status = results.length === 0 ? (state.substituted ?? status.SUCCESS) : status.union(...results);
};

/** What `[[ … ]]`, `[ … ]` and `test` answer: of two known texts the outcome, else either. */
export const testStatus = (run: Run, state: State, words: readonly Word[]): ExitStatuses => {
  const source = sourceOf(run, state);
  const texts = words.map((word) => {
    const value = assignedValue(word, source);
    return onlyText(value);
  });
  return judged(texts);
};
