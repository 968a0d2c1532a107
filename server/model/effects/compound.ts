/** if, case and the loops: which arms are taken, how often, and what is known behind them. */
import type { Span } from "../../../grammar/text.ts";
import type { CaseArm, CaseCommand, ForCommand, IfCommand, Statement, WhileCommand, Word } from "../../../grammar/shell/tree.ts";
import { comparison, describe, parameterIn } from "./conditions.ts";
import { guardOf } from "./guards.ts";
import { literal } from "./literal.ts";
import { argumentOf } from "./words.ts";
import { assignedValue, casePattern, variantsOf } from "./expand.ts";
import type { Source } from "./source.ts";
import { matchesGlob } from "./glob.ts";
import { mayBeReadonly, trySetting } from "./readonly.ts";
import { blurSwitches, branchOff, join, type Leave, reach, type Run, type State, variable } from "./state.ts";
import * as status from "./statuses.ts";
import type { BranchStep } from "./types.ts";
import { compatible, lookup, textValue, UNKNOWN, type Value } from "./values.ts";
import { argumentsOf, assignedNames } from "./walk.ts";

const MAX_ROUNDS = 256;
const MAX_RESUMED = 6;

const conditionStatus = (run: Run, state: State, condition: readonly Statement[]): status.Statuses => {
  const { caught, trapPasses } = state;
  state.caught = true;
  state.trapPasses = true;
  run.statements(run, state, condition);
  state.caught = caught;
  state.trapPasses = trapPasses;
  return state.status;
};

export const runIf = (run: Run, state: State, command: IfCommand): void => {
  const branch = run.count.branches++;
  const site = run.mapSite(command.span);
  const branches: State[] = [];
  let lastAsked: ReturnType<typeof guardOf>;
  for (const [arm, { condition, body }] of command.arms.entries()) {
    const outcome = conditionStatus(run, state, condition);
    if (state.ended !== undefined) break;
    if (!status.maySucceed(outcome)) continue;
    if (!status.mayFail(outcome)) {
      if (branches.length === 0) {
        run.statements(run, state, body);
        return;
      }
      const child = branchOff(state, { kind: "branch", branch, arm, site, text: "otherwise" });
      run.statements(run, child, body);
      join(state, [...branches, child]);
      return;
    }
    const compared = comparison(condition);
    const asked = guardOf(condition, (word) => argumentOf(run, state, word));
    lastAsked = asked;
    const step: BranchStep = {
      kind: "branch",
      branch,
      arm,
      site,
      text:
        compared === undefined
          ? `${describe(condition[condition.length - 1]?.command)} succeeds`
          : `${compared.subject} is ${compared.value}`,
      ...(compared === undefined ? {} : { subject: compared.subject, values: [compared.value] }),
      ...(asked === undefined ? {} : { guard: asked }),
    };
    const child = branchOff(state, step);
    if (compared !== undefined) child.environment.own.set(compared.name, textValue(compared.value));
    child.status = status.successes(outcome);
    run.statements(run, child, body);
    branches.push(child);
    state.status = status.failures(outcome);
  }
  if (branches.length === 0) {
    if (command.otherwise === undefined) state.status = status.SUCCESS;
    else if (state.ended === undefined) run.statements(run, state, command.otherwise);
    return;
  }
  // Behind one condition the other arm is where its answer is no.
  const denied = command.arms.length === 1 && lastAsked !== undefined ? { guard: { ...lastAsked, holds: !lastAsked.holds } } : {};
  const otherwise = branchOff(state, { kind: "branch", branch, arm: command.arms.length, site, text: "otherwise", ...denied });
  if (command.otherwise === undefined) otherwise.status = status.SUCCESS;
  else run.statements(run, otherwise, command.otherwise);
  join(state, [...branches, otherwise]);
};

export const runFor = (run: Run, state: State, command: ForCommand): void => {
  const name = command.variable.text;
  const source = run.source(run, state);
  const items = command.words === undefined ? positionals(run, state) : fieldsOf(command.words, source);
  if (items === undefined || items.length > MAX_ROUNDS) {
    if (items !== undefined) reach(run, `a loop has more than ${MAX_ROUNDS} rounds`, run.mapSite(command.span));
    return runUnknownLoop(run, state, command.span, command.body, name, `$${name} takes a value`);
  }
  if (items.length === 0) state.status = status.SUCCESS;
  else if (trySetting(run, state, name, run.mapSite(command.span), "command") === "refused") return;
  const left = inLoop(state, () => runRounds(run, state, command, items));
  // Which round that was is not known.
  if (left > 0) {
    forget(run, state, command.body);
    state.environment.own.set(name, UNKNOWN);
  }
};

const positionals = (run: Run, state: State): readonly (string | undefined)[] | undefined => {
  const all = variable(run, state, "@");
  return all?.kind === "list" ? all.items : undefined;
};

/** What words become; undefined when that depends. No more than are looked at: a list may be as long as the script. */
const fieldsOf = (words: readonly Word[], source: Source): readonly (string | undefined)[] | undefined => {
  const fields: (string | undefined)[] = [];
  for (const word of words) {
    const [only, ...others] = variantsOf(word, source);
    if (only === undefined || others.length > 0) return undefined;
    for (const field of only.fields) fields.push(field);
    if (fields.length > MAX_ROUNDS) break;
  }
  return fields;
};

/**
 * Runs a loop. An arm that left a round may have left the loop, and goes on behind it whatever became of the others; its status
 * is one that the loop can end with. How many did by `break`. `endless`: only `break` leads out.
 */
const inLoop = (state: State, work: () => void, endless = false): number => {
  const { leaves } = state;
  const own: Leave[] = [];
  state.leaves = own;
  state.loops++;
  work();
  state.loops--;
  state.leaves = leaves;
  const out = own.filter(({ how, levels }) => levels === 1 && (!endless || how === "break")).map((leave) => leave.status);
  const further = own.filter(({ levels }) => levels > 1);
  for (const leave of further) leaves.push({ ...leave, levels: leave.levels - 1 });
  // What left more than this loop leaves the one around it now, or goes on with it; of an endless one nothing else is left.
  if (state.ended === "outer" || (endless && state.ended === undefined && out.length === 0 && further.length > 0))
    state.ended = further.find(({ levels }) => levels === 2)?.how ?? "outer";
  if (state.ended === undefined) state.status = status.union(state.status, ...out);
  else if (out.length > 0) goOn(state, status.union(...out, []));
  blurSwitches(state, own);
  // What they had assigned is lost to the loop around as well.
  if (further.length > 0) state.dropped = true;
  return own.filter(({ how, levels }) => how === "break" && levels === 1).length;
};

/** Others ended the script or left the function; those that are left go on. */
const goOn = (state: State, statuses: status.Statuses): void => {
  state.ended = undefined;
  state.dropped = true;
  state.status = statuses;
};

/** What is known of the files that a loop goes through: `for f in /proc/sys/net/ipv4/conf/*; do`. */
const filesOf = ({ words }: ForCommand, items: readonly unknown[], round: number): Value => {
  const word = words?.length === items.length ? words[round] : undefined;
  const files = word === undefined ? undefined : literal(word);
  return files?.includes("*") === true ? { kind: "unknown", files } : UNKNOWN;
};

const runRounds = (run: Run, state: State, command: ForCommand, items: readonly (string | undefined)[]): void => {
  const name = command.variable.text;
  const site = run.mapSite(command.span);
  for (const [round, item] of items.entries()) {
    const { path } = state;
    const before = state.leaves.length;
    // A field that is not known may be any number of words.
    if (item === undefined)
      runUnknownLoop(run, state, command.span, command.body, name, `$${name} takes a value`, filesOf(command, items, round));
    else {
      state.environment.own.set(name, textValue(item));
      state.path = [...path, { kind: "round", site, round, variable: name, value: item }];
      runBody(run, state, command.body);
      state.path = path;
    }
    if (state.ended === "continue") state.ended = undefined;
    else if (state.ended !== undefined) {
      const [next] = state.leaves.slice(before).filter(({ how, levels }) => how === "continue" && levels === 1);
      if (next === undefined) break;
      goOn(state, next.status);
      forget(run, state, command.body);
    }
    if (!run.count.complete) return;
  }
  if (state.ended === "break") state.ended = undefined;
};

/** A loop's body once; what an arm that left early had assigned is unknown behind it. */
const runBody = (run: Run, state: State, body: readonly Statement[]): void => {
  const { dropped, path } = state;
  state.dropped = false;
  run.statements(run, state, body);
  if (state.dropped) forget(run, state, body);
  state.dropped = dropped;
  state.path = path;
};

const forget = (run: Run, state: State, body: readonly Statement[]): void => {
  const unset = argumentsOf(body, /^unset$/u);
  for (const name of assignedNames(body)) {
    const before = lookup(state.environment, name);
    const maybeUnset = before === undefined || before.unset !== undefined || unset.has(name);
    state.environment.own.set(name, maybeUnset ? { ...UNKNOWN, unset: "perhaps" } : UNKNOWN);
    mayBeReadonly(run, state, name);
  }
};

/** A loop that runs nobody knows how often: its body once, with nothing known of what it sets. */
export const runUnknownLoop = (
  run: Run,
  state: State,
  span: Span,
  body: readonly Statement[],
  name: string | undefined,
  text: string,
  value: Value = UNKNOWN,
): void => {
  const step: BranchStep = { kind: "branch", branch: run.count.branches++, arm: 0, site: run.mapSite(span), text };
  const child = branchOff(state, step);
  forget(run, child, body);
  child.again = true;
  if (name !== undefined) child.environment.own.set(name, value);
  inLoop(child, () => {
    runBody(run, child, body);
    if (child.ended === "break" || child.ended === "continue") child.ended = undefined;
  });
  forget(run, child, body);
  // What a round leaves switched holds for the next, which is not read again.
  if (child.errexit !== state.errexit || child.pipefail !== state.pipefail) child.exits.push([{ site: step.site, path: state.path }]);
  const skipped = branchOff(state, { ...step, arm: 1, text: `not: ${text}` });
  skipped.status = status.SUCCESS;
  join(state, [child, skipped]);
};

export const runWhile = (run: Run, state: State, command: WhileCommand): void => {
  const { again } = state;
  state.again = true;
  whileLoop(run, state, command);
  state.again = again;
};

const whileLoop = (run: Run, state: State, command: WhileCommand): void => {
  forget(run, state, [...command.condition, ...command.body]);
  // The condition is inside of the loop: `break` there leaves it.
  const { leaves } = state;
  const own: Leave[] = [];
  state.leaves = own;
  state.loops++;
  const answer = conditionStatus(run, state, command.condition);
  state.loops--;
  state.leaves = leaves;
  if (own.length > 0) {
    blurSwitches(state, own);
    for (const leave of own) if (leave.levels > 1) leaves.push({ ...leave, levels: leave.levels - 1 });
    goOn(state, status.ANY);
    runUnknownLoop(run, state, command.span, command.body, undefined, "the loop runs");
    state.status = status.ANY;
    return;
  }
  const outcome = command.until ? status.negate(answer) : answer;
  if (state.ended !== undefined) return;
  if (!status.maySucceed(outcome)) {
    state.status = status.SUCCESS;
    return;
  }
  if (status.mayFail(outcome))
    return runUnknownLoop(
      run,
      state,
      command.span,
      command.body,
      undefined,
      `${describe(command.condition[0]?.command)} ${command.until ? "fails" : "succeeds"}`,
    );
  // `while true`: the body runs for certain; how often, and whether it ends, depends on what is in it.
  let left = "never" as "surely" | "perhaps" | "never";
  inLoop(
    state,
    () => {
      runBody(run, state, command.body);
      left = state.ended === "break" ? "surely" : state.leaves.some(({ how }) => how === "break") ? "perhaps" : "never";
      if (state.ended === "break" || state.ended === "continue") state.ended = undefined;
    },
    true,
  );
  // Nothing may ever lead out: then whoever started the script ends it, and with what nobody can say.
  if (state.ended === undefined && left !== "surely") {
    state.exits.push([{ site: run.mapSite(command.span), path: state.path }]);
    if (left === "never") state.ended = "exit";
  }
  forget(run, state, command.body);
};

/** `otherwise`: the status where no pattern matches. */
export const runCase = (run: Run, state: State, command: CaseCommand, otherwise = status.SUCCESS): void => {
  const source = run.source(run, state);
  // The parser gives an empty subject to arms whose head it could not read.
  const value = command.subject.text === "" ? UNKNOWN : assignedValue(command.subject, source);
  const texts =
    value.kind === "texts" ? value.choices.filter(({ under }) => compatible(state.path, under)).map(({ text }) => text) : undefined;
  const branch = run.count.branches++;
  const site = run.mapSite(command.span);
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
    const arms = fallingThrough(command, arm, end, body);
    if (only) {
      runArms(run, state, command, arms);
      return;
    }
    const listed = patterns.some((pattern) => pattern.text === "*")
      ? "anything else"
      : patterns.map((pattern) => pattern.text).join(" or ");
    const text = subject === "" ? `case ${listed}` : `${subject} is ${listed}`;
    const child = branchOff(state, {
      kind: "branch",
      branch,
      arm,
      site,
      text,
      ...(subject === "" ? {} : { subject }),
      ...(values === undefined ? {} : { values }),
    });
    const [literalText, ...more] = values ?? [];
    if (name !== undefined && literalText !== undefined && more.length === 0) child.environment.own.set(name, textValue(literalText));
    runArms(run, child, command, arms);
    branches.push(child);
    if (all) {
      covered = true;
      break;
    }
    open = open?.filter((text_) => !sure!.includes(text_));
  }
  if (!covered) {
    const none = branchOff(state, { kind: "branch", branch, arm: command.arms.length, site, text: "none of the patterns matches" });
    none.status = otherwise;
    branches.push(none);
  }
  join(state, branches);
};

/** What an arm runs: with `;&` the bodies of the next arms too, and behind `;;&` the arms that are asked after it. */
interface Arms {
  readonly bodies: readonly (readonly Statement[])[];
  readonly rest: readonly CaseArm[];
}

const fallingThrough = ({ arms }: CaseCommand, arm: number, end: string, body: readonly Statement[]): Arms => {
  const bodies = [body];
  let last = end;
  let next = arm + 1;
  for (; last === ";&" && next < arms.length; next++) {
    bodies.push(arms[next]!.body);
    last = arms[next]!.end;
  }
  return { bodies, rest: last === ";;&" ? arms.slice(next) : [] };
};

const runArms = (run: Run, state: State, command: CaseCommand, { bodies, rest }: Arms): void => {
  if (bodies.every((one) => one.length === 0)) state.status = status.SUCCESS;
  for (const one of bodies) run.statements(run, state, one);
  if (rest.length === 0 || state.ended !== undefined) return;
  // Each arm may be followed by any of those behind it: the ways double with every one.
  if (rest.length > MAX_RESUMED) reach(run, `a case asks more than ${MAX_RESUMED} arms behind \`;;&\``, run.mapSite(command.span));
  else runCase(run, state, { ...command, arms: rest }, state.status);
};
