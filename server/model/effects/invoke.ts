/** One command with its arguments evaluated: builtins, functions, wrappers, then the interpreters of the table. */
import type { SimpleCommand } from "../../../grammar/shell/tree.ts";
import type { Argument, Invocation } from "./commands.ts";
import { BUILTINS, forgotten } from "./builtins.ts";
import { heredocText, printedText, replaced } from "./document.ts";
import { emit, runEffect } from "./emit.ts";
import { runCommand } from "./interpret.ts";
import { effectsOfIptablesSave, looksLikeIptablesSave } from "./iptables-save.ts";
import { positionals, setPositionals } from "./positionals.ts";
import { mayBeReadonly } from "./readonly.ts";
import { targetOf } from "./redirections.ts";
import { initScript } from "./services.ts";
import { blurSwitches, branchOff, inheritedTrap, join, type Run, type State, variable } from "./state.ts";
import * as status from "./statuses.ts";
import { isSysctlFile, written } from "./sysctl.ts";
import { INTERPRETERS } from "./table.ts";
import { onlyText, UNKNOWN } from "./values.ts";
import { argumentOf, settingsIn } from "./words.ts";
import { callWrapped, runInline } from "./wrappers.ts";

const MAX_CALLS = 12;
const MAX_CHOSEN = 40;

/** Commands that do nothing but succeed, as far as a script's status goes. */
const SUCCEEDING = new Set([":", "true", "echo", "umask", "shopt", "hash"]);

/** Runs a command of which the words are known as well as they can be. */
export const call = (run: Run, state: State, command: SimpleCommand, words: readonly Argument[]): void => {
  const [head] = words;
  if (head === undefined) return;
  run.count.depth++;
  perform(run, state, command, words, head);
  run.count.depth--;
  const name = head.text?.replace(/^.*\//u, "");
  state.status = status.decidedBy(state.status, {
    site: run.mapSite(command.span),
    path: state.path,
    ...(name === undefined ? {} : { command: name }),
  });
};

const perform = (run: Run, state: State, command: SimpleCommand, words: readonly Argument[], head: Argument): void => {
  const rest = words.slice(1);
  const name = head.text?.replace(/^.*\//u, "");
  const invocation: Invocation = {
    name: name ?? "",
    written: head.text ?? "",
    arguments: rest,
    site: run.mapSite(command.span),
    command: head.site,
    path: state.path,
    setting: state.setting,
    ...inputOf(run, state, command),
    environment: (asked) => environmentOf(run, state, command, head, asked),
  };
  state.printed = undefined;
  state.output = undefined;
  if (head.text === undefined) return callUnknown(run, state, invocation);
  if (run.functions.has(head.text)) return callFunction(run, state, head.text, rest);
  const target = sysctlTarget(run, state, command);
  if (target !== undefined && (name === "echo" || name === "printf")) {
    emit(run, written(invocation, target, rest));
    state.status = status.ANY;
    return;
  }
  if (target !== undefined) {
    const { input } = invocation;
    const passed = name === "cat" && rest.length === 0 && input !== undefined ? [{ text: input.text, site: invocation.site }] : undefined;
    emit(run, written(invocation, target, passed));
  }
  if (name === "tee") {
    for (const { text, site, word } of rest) {
      const file = text ?? (word === undefined ? undefined : settingsIn(run, state, word));
      if (isSysctlFile(file)) emit(run, written(invocation, { text: file, site }, state.input));
    }
  }
  if (BUILTINS.get(head.text)?.(run, state, invocation, command) === true) return;
  for (const lost of forgotten(invocation)) state.environment.own.set(lost, UNKNOWN);
  if (callWrapped(run, state, command, invocation, head.text)) return;
  if (/^(?:ba|da|a|k)?sh$/u.test(name!) && runInline(run, state, rest)) return;
  const effects = INTERPRETERS.get(name!)?.(invocation) ?? initScript(invocation);
  if (effects === undefined) emit(run, runEffect(invocation));
  else for (const effect of effects) emit(run, effect);
  state.status = SUCCEEDING.has(head.text) ? status.SUCCESS : head.text === "false" ? status.FAILURE : status.ANY;
  if (name === "printf")
    state.status = rest.length > 0 && !/%[0-9.-]*[dioxXufeEgG]/u.test(rest[0]!.text ?? "%d") ? status.SUCCESS : status.ANY;
  if (name === "echo" || name === "printf" || name === "cat") print(run, state, command, invocation);
};

const environmentOf = (run: Run, state: State, command: SimpleCommand, head: Argument, name: string): Argument | undefined => {
  const assigned = command.assignments.findLast((one) => one.name.text === name)?.value;
  if (assigned?.kind === "word") return argumentOf(run, state, assigned);
  const behindEnv = command.words.find(({ text }) => text.startsWith(`${name}=`));
  if (behindEnv !== undefined) {
    const { text, ...where } = argumentOf(run, state, behindEnv);
    return { ...where, text: text?.slice(name.length + 1) };
  }
  const value = variable(run, state, name);
  return value === undefined ? undefined : { text: onlyText(value), site: head.site };
};

/** What a command prints goes into the next of the pipeline, into `$( … )`, or into a file that may be a dump of rules. */
const print = (run: Run, state: State, command: SimpleCommand, invocation: Invocation): void => {
  const { name, arguments: words, input } = invocation;
  const output =
    name !== "cat"
      ? printedText(name === "printf" ? printfWords(words) : words, invocation.site)
      : words.every(({ text }) => text === "-" || text === "-n")
        ? input
        : undefined;
  if (
    !command.redirections.some(({ operator, descriptor }) => (operator.startsWith(">") || operator.startsWith("&>")) && descriptor !== "2")
  ) {
    state.output = output;
    if (name !== "cat") state.printed = words;
    return;
  }
  if (output !== undefined && looksLikeIptablesSave(output.text)) {
    const target = command.redirections.find(({ operator }) => operator.startsWith(">"))!.target.text;
    const effects = effectsOfIptablesSave(output.text, /6/u.test(target) ? "ip6tables.rules" : "rules.v4");
    for (const effect of effects) emit(run, { ...replaced(effect, output), path: state.path });
  }
};

/** A format without placeholders, its line ends as such; its places are no longer those of the text. */
const printfWords = (words: readonly Argument[]): readonly Argument[] => {
  const [format] = words;
  return words.length !== 1 || format?.text === undefined || !/\\[nt]/u.test(format.text) || /[%]|\\[^nt]/u.test(format.text)
    ? words
    : [{ site: format.site, text: format.text.replaceAll("\\n", "\n").replaceAll("\\t", "\t") }];
};

/** What comes in: a heredoc, a here-string, a file, or what the command before it in a pipeline printed. */
const inputOf = (run: Run, state: State, command: SimpleCommand): Pick<Invocation, "input" | "inputFile"> => {
  const redirection = command.redirections.findLast(
    ({ operator, descriptor }) => operator.startsWith("<") && operator !== "<&" && (descriptor ?? "0") === "0",
  );
  if (redirection === undefined) return state.document === undefined ? {} : { input: state.document };
  if (redirection.heredoc !== undefined) {
    const input = heredocText(run, run.source(run, state), redirection);
    return input === undefined ? {} : { input };
  }
  const target = targetOf(run, state, redirection);
  return redirection.operator === "<<<" ? { input: printedText([target], target.site) } : { inputFile: target };
};

/** A command whose name is not known: any function of the script may be meant. */
const callUnknown = (run: Run, state: State, invocation: Invocation): void => {
  emit(run, runEffect(invocation));
  const functions = [...run.functions.keys()].slice(0, MAX_CHOSEN);
  if (functions.length > 0 && run.count.depth < 20) {
    const branch = run.count.branches++;
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

const callFunction = (run: Run, state: State, name: string, given: readonly Argument[]): void => {
  const called = run.functions.get(name);
  if (called === undefined || state.calls >= MAX_CALLS) {
    run.count.complete = false;
    state.status = status.ANY;
    return;
  }
  const own = state.environment.own;
  const saved = positionals(run, state);
  const { errorTrap } = state;
  const outer = { returns: state.returns, dropped: state.dropped, path: state.path, loops: state.loops };
  // A trap that the function sets itself outlives it.
  const inherited = inheritedTrap(state);
  state.errorTrap = inherited;
  setPositionals(
    state,
    given.map(({ text }) => text),
  );
  state.returns = [];
  state.dropped = false;
  // `break` in a function leaves no loop of its caller.
  state.loops = 0;
  state.calls++;
  runCommand(called.mapSite === run.mapSite ? run : { ...run, mapSite: called.mapSite }, state, called.body);
  state.calls--;
  if (state.errorTrap === inherited) state.errorTrap = errorTrap;
  const returned = state.returns;
  // One way may have ended the script where another has returned.
  if (state.ended === "return" || (state.ended === "exit" && returned.length > 0)) {
    state.ended = undefined;
    state.status = status.union(...returned.map((one) => one.status), []);
  } else if (state.ended === undefined) state.status = status.union(...returned.map((one) => one.status), state.status);
  blurSwitches(
    state,
    returned.map(({ switches }) => ({ switches: switches.errorTrap === inherited ? { ...switches, errorTrap } : switches })),
  );
  if (state.dropped) forgetAssigned(run, state);
  state.returns = outer.returns;
  state.loops = outer.loops;
  state.dropped = outer.dropped;
  state.path = outer.path;
  for (const [key, value] of saved) own.set(key, value);
};

/** An arm returned early, and what it had assigned is not known any more; neither is anything it could have. */
const forgetAssigned = (run: Run, state: State): void => {
  for (const name of run.assigned) if (state.environment.own.has(name)) state.environment.own.set(name, UNKNOWN);
  for (const name of run.fixed) mayBeReadonly(run, state, name);
};

/** The file below /proc/sys that a command's output goes to. */
const sysctlTarget = (run: Run, state: State, command: SimpleCommand): (Argument & { readonly text: string }) | undefined => {
  for (const redirection of command.redirections) {
    const { operator, descriptor } = redirection;
    if ((operator !== ">" && operator !== ">>" && operator !== ">|") || (descriptor !== undefined && descriptor !== "1")) continue;
    const file = targetOf(run, state, redirection);
    if (isSysctlFile(file.text)) return { ...file, text: file.text };
  }
  return undefined;
};
