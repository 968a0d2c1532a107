/**
 * Abstract interpretation: runs a script without running it. Constant variables are carried along, loops over known
 * words are unrolled, `case` and `if` take every arm that cannot be ruled out, each in a state of its own that is joined
 * behind it. Everything is bounded: commands, effects, depth, variants.
 */
import type { Site, Span } from "../../../grammar/text.ts";
import type { CaseCommand, Command, CommandSubstitution, ForCommand, IfCommand, ProcessSubstitution, SimpleCommand, Statement, WhileCommand, Word } from "../../../grammar/shell/tree.ts";
import { assignmentIn, evaluate } from "./arithmetic.ts";
import { assignedValue, casePattern, type Source, variantsOf } from "./expand.ts";
import { matchesGlob } from "./glob.ts";
import type { Argument } from "./commands.ts";
import { branchOff, type Run, type State, subshell } from "./state.ts";
import * as status from "./statuses.ts";
import type { BranchStep, ExitStatuses } from "./types.ts";
import { both, compatible, joinVariables, lookup, onlyText, textValue, UNKNOWN, type Value } from "./values.ts";
import { assignedNames } from "./walk.ts";

const MAX_STEPS = 20_000;
const MAX_ROUNDS = 256;
const MAX_DEPTH = 120;

export const siteAt = (run: Run, span: Span): Site => run.mapSite(span);

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
        const step: BranchStep = { kind: "branch", branch, arm: 0, site: siteAt(run, command.span), text };
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

const conditionStatus = (run: Run, state: State, condition: readonly Statement[]): ExitStatuses => {
  const { caught } = state;
  state.caught = true;
  state.status = status.SUCCESS;
  runStatements(run, state, condition);
  state.caught = caught;
  return state.status;
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

/** What words ask for in a state. */
export const sourceOf = (run: Run, state: State): Source => ({
  variable: (name) => variable(run, state, name),
  substitute: (part) => substitute(run, state, part),
});

const substitute = (run: Run, state: State, part: CommandSubstitution | ProcessSubstitution): Value => {
  const child = subshell(state);
  runStatements(run, child, part.body);
  state.substituted = child.result();
  const printed = part.body.length === 1 ? child.printed : undefined;
  if (printed === undefined || printed.some(({ text }) => text === undefined)) return UNKNOWN;
  const words = printed.filter(({ text }, index) => !(index === 0 && /^-[neE]+$/u.test(text!)));
  return words.some(({ text }) => text!.includes("%") || text!.includes("\\")) ? UNKNOWN : textValue(words.map(({ text }) => text).join(" "));
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
      state.environment.own.set(name.text, append && before?.kind !== "list" ? UNKNOWN : { kind: "list", items: [...(before?.kind === "list" ? before.items : []), ...items] });
      continue;
    }
    const given = assignedValue(value, source);
    if (index !== undefined) state.environment.own.set(name.text, UNKNOWN);
    else if (append) {
      const before = onlyText(variable(run, state, name.text));
      const added = onlyText(given);
      state.environment.own.set(name.text, before === undefined || added === undefined || before.length > 10_000 ? UNKNOWN : textValue(before + added));
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
    const site = siteAt(run, word.span);
    const readings = variantsOf(word, source);
    const [only] = readings;
    if (readings.length === 1 && only!.under.length === 0) {
      for (const { words } of variants) for (const text of only!.fields) words.push({ text, site, word });
      continue;
    }
    const next = variants.flatMap(({ words, under }) =>
      readings.flatMap((reading) => {
        const together = both(under, reading.under);
        return together === undefined ? [] : [{ words: [...words, ...reading.fields.map((text) => ({ text, site, word }))], under: together }];
      }),
    );
    variants = next.length === 0 || next.length > MAX_VARIANTS ? variants.map(({ words, under }) => ({ words: [...words, { text: undefined, site, word }], under })) : next;
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

const runIf = (run: Run, state: State, command: IfCommand): void => {
  const branch = run.branches++;
  const site = siteAt(run, command.span);
  const branches: State[] = [];
  for (const [arm, { condition, body }] of command.arms.entries()) {
    const outcome = conditionStatus(run, state, condition);
    if (state.ended !== undefined) break;
    if (!status.maySucceed(outcome)) continue;
    if (!status.mayFail(outcome)) {
      if (branches.length === 0) {
        state.status = status.SUCCESS;
        runStatements(run, state, body);
        return;
      }
      const child = branchOff(state, { kind: "branch", branch, arm, site, text: "otherwise" });
      runStatements(run, child, body);
      join(state, [...branches, child]);
      return;
    }
    const compared = comparison(condition);
    const step: BranchStep = {
      kind: "branch",
      branch,
      arm,
      site,
      text: compared === undefined ? `${describe(condition[condition.length - 1]?.command)} succeeds` : `${compared.subject} is ${compared.value}`,
      ...(compared === undefined ? {} : { subject: compared.subject, values: [compared.value] }),
    };
    const child = branchOff(state, step);
    if (compared !== undefined) child.environment.own.set(compared.name, textValue(compared.value));
    child.status = status.SUCCESS;
    runStatements(run, child, body);
    branches.push(child);
  }
  if (branches.length === 0) {
    state.status = status.SUCCESS;
    if (command.otherwise !== undefined && state.ended === undefined) runStatements(run, state, command.otherwise);
    return;
  }
  const otherwise = branchOff(state, { kind: "branch", branch, arm: command.arms.length, site, text: "otherwise" });
  otherwise.status = status.SUCCESS;
  if (command.otherwise !== undefined) runStatements(run, otherwise, command.otherwise);
  join(state, [...branches, otherwise]);
};

/** `[ "$1" = start ]`: the branch may take the parameter for what it is compared with. */
const comparison = (condition: readonly Statement[]): { readonly subject: string; readonly name: string; readonly value: string } | undefined => {
  const command = condition.length === 1 ? condition[0]!.command : undefined;
  if (command?.kind !== "simple" && command?.kind !== "test") return undefined;
  const words = command.kind === "test" ? command.words : /^(?:\[|test)$/u.test(command.words[0]?.text ?? "") ? command.words.slice(1) : [];
  const [left, operator, right] = words;
  const extra = words.length - (command.kind === "simple" && command.words[0]?.text === "[" ? 1 : 0);
  if (extra !== 3 || left === undefined || right === undefined || !/^==?$/u.test(operator!.text)) return undefined;
  const name = parameterIn(left);
  const value = literalOf(right);
  return name === undefined || value === undefined ? undefined : { subject: `$${name}`, name, value };
};

/** The name when a word is one plain parameter, quoted or not. */
const parameterIn = (word: Word): string | undefined => {
  const outer = word.parts.length === 1 ? word.parts[0] : undefined;
  const part = outer?.kind === "double-quoted" && outer.parts.length === 1 ? outer.parts[0] : outer;
  return part?.kind === "parameter" && part.operator === undefined && part.prefix === undefined && part.index === undefined ? part.name : undefined;
};

const literalOf = (word: Word): string | undefined => {
  const outer = word.parts.length === 1 ? word.parts[0] : undefined;
  const part = outer?.kind === "double-quoted" && outer.parts.length === 1 ? outer.parts[0] : outer;
  return part?.kind === "literal" || part?.kind === "single-quoted" ? part.value : undefined;
};

const runFor = (run: Run, state: State, command: ForCommand): void => {
  const name = command.variable.text;
  const source = sourceOf(run, state);
  const site = siteAt(run, command.span);
  let items: readonly (string | undefined)[] | undefined = [];
  if (command.words === undefined) {
    const all = variable(run, state, "@");
    items = all?.kind === "list" ? all.items : undefined;
  }
  for (const word of command.words ?? []) {
    const readings: readonly { readonly fields: readonly (string | undefined)[] }[] = variantsOf(word, source);
    items = readings.length === 1 && items !== undefined ? [...items, ...readings[0]!.fields] : undefined;
  }
  if (items === undefined || items.length > MAX_ROUNDS) {
    if (items !== undefined) run.complete = false;
    return runUnknownLoop(run, state, command.span, command.body, name, `$${name} takes a value`);
  }
  state.status = status.SUCCESS;
  for (const [round, item] of items.entries()) {
    const { path } = state;
    // A field that is not known may be any number of words.
    if (item === undefined) runUnknownLoop(run, state, command.span, command.body, name, `$${name} takes a value`);
    else {
      state.environment.own.set(name, textValue(item));
      state.path = [...path, { kind: "round", site, round, variable: name, value: item }];
      runBody(run, state, command.body);
      state.path = path;
    }
    if (state.ended === "break") break;
    if (state.ended === "continue") state.ended = undefined;
    if (state.ended !== undefined || !run.complete) return;
  }
  if (state.ended === "break") state.ended = undefined;
};

/** A loop's body once; what an arm that left early had assigned is unknown behind it. */
const runBody = (run: Run, state: State, body: readonly Statement[]): void => {
  const { dropped, path } = state;
  state.dropped = false;
  runStatements(run, state, body);
  if (state.dropped) forget(state, body);
  state.dropped = dropped;
  state.path = path;
};

const forget = (state: State, body: readonly Statement[]): void => {
  for (const name of assignedNames(body)) state.environment.own.set(name, UNKNOWN);
};

/** A loop that runs nobody knows how often: its body once, with nothing known of what it sets. */
const runUnknownLoop = (run: Run, state: State, span: Span, body: readonly Statement[], name: string | undefined, text: string): void => {
  const step: BranchStep = { kind: "branch", branch: run.branches++, arm: 0, site: siteAt(run, span), text };
  const before = state.status;
  const child = branchOff(state, step);
  forget(child, body);
  if (name !== undefined) child.environment.own.set(name, UNKNOWN);
  runBody(run, child, body);
  if (child.ended === "break" || child.ended === "continue") child.ended = undefined;
  forget(child, body);
  const skipped = branchOff(state, { ...step, arm: 1, text: `not: ${text}` });
  skipped.status = status.union(before, status.SUCCESS);
  join(state, [child, skipped]);
};

const runWhile = (run: Run, state: State, command: WhileCommand): void => {
  forget(state, [...command.condition, ...command.body]);
  const answer = conditionStatus(run, state, command.condition);
  const outcome = command.until ? status.negate(answer) : answer;
  if (state.ended !== undefined) return;
  state.status = status.SUCCESS;
  if (!status.maySucceed(outcome)) return;
  if (status.mayFail(outcome)) return runUnknownLoop(run, state, command.span, command.body, undefined, `${describe(command.condition[0]?.command)} ${command.until ? "fails" : "succeeds"}`);
  // `while true`: the body runs for certain; how often, and whether it ends, depends on what is in it.
  runBody(run, state, command.body);
  if (state.ended === "break" || state.ended === "continue") state.ended = undefined;
  forget(state, command.body);
};

const runCase = (run: Run, state: State, command: CaseCommand): void => {
  const source = sourceOf(run, state);
  // The parser gives an empty subject to arms whose head it could not read.
  const value = command.subject.text === "" ? UNKNOWN : assignedValue(command.subject, source);
  const texts = value.kind === "texts" ? value.choices.filter(({ under }) => compatible(state.path, under)).map(({ text }) => text) : undefined;
  const branch = run.branches++;
  const site = siteAt(run, command.span);
  const name = parameterIn(command.subject);
  const subject = command.subject.text.replace(/^"(.*)"$/su, "$1");
  const branches: State[] = [];
  let open = texts;
  let covered = false;
  for (const [arm, { patterns, body, end }] of command.arms.entries()) {
    const read = patterns.map((pattern) => casePattern(pattern, source));
    const hits = open?.filter((text) => read.some((pattern) => pattern === undefined || matchesGlob(pattern.text, text) !== false));
    const sure = open?.filter((text) => read.some((pattern) => pattern !== undefined && matchesGlob(pattern.text, text) === true));
    if (hits?.length === 0) continue;
    const all = patterns.some(({ text }) => text === "*") || (open !== undefined && sure!.length === open.length);
    const values = read.every((pattern) => pattern?.literal === true) ? read.map((pattern) => pattern!.text) : undefined;
    const only = all && branches.length === 0;
    const bodies = fallingThrough(command, arm, end, body);
    if (only) {
      state.status = status.SUCCESS;
      for (const one of bodies) runStatements(run, state, one);
      return;
    }
    const listed = patterns.some((pattern) => pattern.text === "*") ? "anything else" : patterns.map((pattern) => pattern.text).join(" or ");
    const text = subject === "" ? `case ${listed}` : `${subject} is ${listed}`;
    const child = branchOff(state, { kind: "branch", branch, arm, site, text, ...(subject === "" ? {} : { subject }), ...(values === undefined ? {} : { values }) });
    const [literal, ...more] = values ?? [];
    if (name !== undefined && literal !== undefined && more.length === 0) child.environment.own.set(name, textValue(literal));
    child.status = status.SUCCESS;
    for (const one of bodies) runStatements(run, child, one);
    branches.push(child);
    if (all) {
      covered = true;
      break;
    }
    open = open?.filter((text_) => !sure!.includes(text_));
  }
  if (!covered) {
    const none = branchOff(state, { kind: "branch", branch, arm: command.arms.length, site, text: "none of the patterns matches" });
    none.status = status.SUCCESS;
    branches.push(none);
  }
  join(state, branches);
};

/** The bodies an arm runs: with `;&` those of the next arms too. */
const fallingThrough = (command: CaseCommand, arm: number, end: string, body: readonly Statement[]): readonly (readonly Statement[])[] => {
  const bodies = [body];
  let last = end;
  for (let next = arm + 1; last === ";&" && next < command.arms.length; next++) {
    bodies.push(command.arms[next]!.body);
    last = command.arms[next]!.end;
  }
  return bodies;
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

export const judged = (texts: readonly (string | undefined)[]): ExitStatuses => {
  const answer = (yes: boolean): ExitStatuses => (yes ? status.SUCCESS : status.FAILURE);
  const [first, second, third] = texts;
  if (texts.length === 1) return first === undefined ? status.EITHER : answer(first !== "");
  if (texts.length === 2 && second !== undefined) {
    if (first === "-z") return answer(second === "");
    if (first === "-n") return answer(second !== "");
  }
  if (texts.length === 3 && first !== undefined && third !== undefined) {
    if (second === "=" || second === "==") {
      const hit = matchesGlob(third, first);
      return hit === undefined ? status.EITHER : answer(hit);
    }
    if (second === "!=") {
      const hit = matchesGlob(third, first);
      return hit === undefined ? status.EITHER : answer(!hit);
    }
    const compare = second === undefined ? undefined : COMPARISONS[second];
    if (compare !== undefined && /^-?[0-9]+$/u.test(first) && /^-?[0-9]+$/u.test(third)) return answer(compare(Number(first), Number(third)));
  }
  return status.EITHER;
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "-eq": (a, b) => a === b,
  "-ne": (a, b) => a !== b,
  "-lt": (a, b) => a < b,
  "-le": (a, b) => a <= b,
  "-gt": (a, b) => a > b,
  "-ge": (a, b) => a >= b,
};

/** A command in a few words, for the description of a branch. */
const describe = (command: Command | undefined): string => {
  if (command === undefined) return "the condition";
  if (command.kind === "pipeline") return command.commands.map(describe).join(" | ");
  if (command.kind === "and-or") return describe(command.first);
  const words = command.kind === "simple" || command.kind === "test" ? command.words.map(({ text }) => text).join(" ") : command.kind;
  const shown = command.kind === "test" ? `[[ ${words} ]]` : words;
  return shown === "" ? "the condition" : shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
};
