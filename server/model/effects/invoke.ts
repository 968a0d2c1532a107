/** One command with its arguments evaluated: builtins, functions, wrappers, then the interpreters of the table. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { SimpleCommand } from "../../../grammar/shell/tree.ts";
import type { Argument, Invocation } from "./commands.ts";
import { BUILTINS } from "./builtins.ts";
import { emit, runEffect } from "./emit.ts";
import { runCommand, runStatements, sourceOf } from "./interpret.ts";
import { positionals, setPositionals } from "./positionals.ts";
import { initScript } from "./services.ts";
import { branchOff, join, type Run, type State, subshell, variable } from "./state.ts";
import * as status from "./statuses.ts";
import { isSysctlFile, written } from "./sysctl.ts";
import { INTERPRETERS, WRAPPERS } from "./table.ts";
import { UNKNOWN } from "./values.ts";
import { variantsOf } from "./expand.ts";

const MAX_CALLS = 12;
const MAX_CHOSEN = 40;

/** Commands that do nothing but succeed, as far as a script's status goes. */
const SUCCEEDING = new Set([
  ":",
  "true",
  "echo",
  "printf",
  "export",
  "local",
  "declare",
  "typeset",
  "readonly",
  "unset",
  "shift",
  "set",
  "trap",
  "umask",
  "shopt",
  "sleep",
  "alias",
  "hash",
  "ulimit",
]);

/** Runs a command of which the words are known as well as they can be. */
export const call = (run: Run, state: State, command: SimpleCommand, words: readonly Argument[]): void => {
  const [head, ...rest] = words;
  if (head === undefined) return;
  const name = head.text?.replace(/^.*\//u, "");
  const invocation: Invocation = {
    name: name ?? "",
    written: head.text ?? "",
    arguments: rest,
    site: run.mapSite(command.span),
    command: head.site,
    path: state.path,
  };
  state.printed = undefined;
  if (head.text === undefined) return callUnknown(run, state, invocation);
  const body = run.functions.get(head.text);
  if (body !== undefined) return callFunction(run, state, head.text, rest);
  const target = sysctlTarget(run, state, command);
  if (target !== undefined && (name === "echo" || name === "printf")) {
    emit(run, written(invocation, target, rest));
    state.status = status.ANY;
    return;
  }
  if (name === "tee") {
    const files = rest.filter((one): one is Argument & { text: string } => isSysctlFile(one.text));
    for (const file of files) emit(run, written(invocation, file, state.input));
    if (files.length > 0) {
      state.status = status.ANY;
      return;
    }
  }
  const builtin = BUILTINS.get(head.text);
  if (builtin?.(run, state, invocation, command) === true) return;
  const wrapper = WRAPPERS.get(name!);
  if (wrapper !== undefined || head.text === "exec") {
    const inner = unwrapped(rest, wrapper);
    if (head.text === "exec" && rest.length === 0) {
      state.status = status.SUCCESS;
      return;
    }
    if (inner !== undefined && inner.length > 0) {
      call(run, state, command, inner);
      if (head.text === "exec" && state.ended === undefined) {
        state.exits.push(state.status);
        state.ended = "exit";
      }
      return;
    }
  }
  if ((name === "sh" || name === "bash" || name === "dash" || name === "ash") && inlineScript(run, state, rest)) return;
  const effects = INTERPRETERS.get(name!)?.(invocation) ?? initScript(invocation);
  if (effects === undefined) emit(run, runEffect(invocation));
  else for (const effect of effects) emit(run, effect);
  state.status = SUCCEEDING.has(head.text) ? status.SUCCESS : head.text === "false" ? status.FAILURE : status.ANY;
  if (head.text === "echo" || head.text === "printf")
    state.printed = command.redirections.some(({ operator }) => operator.startsWith(">") || operator.startsWith("&>")) ? undefined : rest;
};

/** A command whose name is not known: any function of the script may be meant. */
const callUnknown = (run: Run, state: State, invocation: Invocation): void => {
  emit(run, runEffect(invocation));
  const functions = [...run.functions.keys()].slice(0, MAX_CHOSEN);
  if (functions.length > 0 && run.depth < 20) {
    const branch = run.branches++;
    const branches = functions.map((name, arm) => {
      const child = branchOff(state, { kind: "branch", branch, arm, site: invocation.site, text: `${name} is called` });
      callFunction(run, child, name, invocation.arguments);
      return child;
    });
    branches.push(
      branchOff(state, { kind: "branch", branch, arm: functions.length, site: invocation.site, text: "another command is called" }),
    );
    join(state, branches);
  }
  if (state.ended === undefined) state.status = status.ANY;
};

/** How many calls of functions lie in each other is counted by the variable no script can name. */
const CALLS = " calls";

const callFunction = (run: Run, state: State, name: string, given: readonly Argument[]): void => {
  const body = run.functions.get(name);
  const calls = variable(run, state, CALLS);
  const depth = calls?.kind === "list" ? calls.items.length : 0;
  if (body === undefined || depth >= MAX_CALLS) {
    run.complete = false;
    state.status = status.ANY;
    return;
  }
  const own = state.environment.own;
  const saved = positionals(run, state);
  const outer = { returns: state.returns, dropped: state.dropped, path: state.path };
  own.set(CALLS, { kind: "list", items: Array.from({ length: depth + 1 }, () => "") });
  setPositionals(
    state,
    given.map(({ text }) => text),
  );
  state.returns = [];
  state.dropped = false;
  runCommand(run, state, body);
  const returned = state.returns;
  if (state.ended === "return") {
    state.ended = undefined;
    state.status = status.union(...returned);
  } else if (state.ended === undefined) state.status = status.union(...returned, state.status);
  if (state.dropped) forgetAssigned(run, state);
  state.returns = outer.returns;
  state.dropped = outer.dropped;
  state.path = outer.path;
  own.set(CALLS, { kind: "list", items: Array.from({ length: depth }, () => "") });
  for (const [key, value] of saved) own.set(key, value);
};

/** An arm returned early, and what it had assigned is not known any more; neither is anything it could have. */
const forgetAssigned = (run: Run, state: State): void => {
  for (const name of run.assigned) if (state.environment.own.has(name)) state.environment.own.set(name, UNKNOWN);
};

/** What a wrapper runs: its options, assignments and own words left out. */
const unwrapped = (
  words: readonly Argument[],
  wrapper: { readonly valued: ReadonlySet<string>; readonly own: number } | undefined,
): readonly Argument[] | undefined => {
  let i = 0;
  let own = wrapper?.own ?? 0;
  for (; i < words.length; i++) {
    const { text } = words[i]!;
    if (text === undefined) return undefined;
    if (text === "-v" || text === "-V") return undefined;
    if (text.startsWith("-")) {
      if (wrapper?.valued.has(text) === true || (wrapper === undefined && text === "-a")) i++;
    } else if (/^[A-Za-z_]\w*=/u.test(text)) continue;
    else if (own > 0) own--;
    else break;
  }
  return words.slice(i);
};

/** `sh -c 'commands'`, when the commands stand there in one literal piece or are known. */
const inlineScript = (run: Run, state: State, words: readonly Argument[]): boolean => {
  const at = words.findIndex(({ text }) => text !== undefined && /^-[a-z]*c$/u.test(text));
  const script = at < 0 || words.slice(0, at).some(({ text }) => text === undefined || !text.startsWith("-")) ? undefined : words[at + 1];
  if (script?.text === undefined || run.depth > 20) return false;
  const part = script.word?.parts.length === 1 ? script.word.parts[0] : undefined;
  const inner = part?.kind === "double-quoted" && part.parts.length === 1 ? part.parts[0] : part;
  // Where every character is written as it is meant, the inside has exact places; else all of it stands where the word does.
  const start = inner?.kind === "single-quoted" ? inner.span.start + 1 : inner?.kind === "literal" ? inner.span.start : undefined;
  const end = inner === undefined ? 0 : inner.kind === "single-quoted" ? inner.span.end - 1 : inner.span.end;
  const exact = start !== undefined && end - start === script.text.length;
  const child = subshell(state);
  const nested: Run = {
    ...run,
    functions: new Map(),
    errexit: false,
    pipefail: false,
    mapSite: exact ? (span) => run.mapSite({ start: span.start + start, end: span.end + start }) : () => script.site,
  };
  setPositionals(
    child,
    words.slice(at + 3).map(({ text }) => text),
  );
  nested.depth += 5;
  runStatements(nested, child, parseShell(script.text).body);
  run.branches = nested.branches;
  run.steps = nested.steps;
  run.complete = nested.complete;
  state.status = child.result();
  return true;
};

/** The file below /proc/sys that a command's output goes to. */
const sysctlTarget = (run: Run, state: State, command: SimpleCommand): (Argument & { readonly text: string }) | undefined => {
  for (const { operator, target, descriptor } of command.redirections) {
    if ((operator !== ">" && operator !== ">>" && operator !== ">|") || (descriptor !== undefined && descriptor !== "1")) continue;
    const [only, ...rest] = variantsOf(target, sourceOf(run, state));
    const text = rest.length === 0 && only?.fields.length === 1 ? only.fields[0] : undefined;
    if (isSysctlFile(text)) return { text, site: run.mapSite(target.span), word: target };
  }
  return undefined;
};
