/** The shell's own commands, as far as they change what a script does. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { SimpleCommand } from "../../../grammar/shell/tree.ts";
import { argument, type Invocation } from "./commands.ts";
import { judged } from "./conditions.ts";
import { emit, runEffect } from "./emit.ts";
import { runArithmetic } from "./interpret.ts";
import { maybe } from "./known.ts";
import { POSITIONS, setPositionals } from "./positionals.ts";
import { type Run, type State, variable } from "./state.ts";
import * as status from "./statuses.ts";
import { textValue, UNKNOWN } from "./values.ts";

/** False: the command goes on to the interpreters of the table. */
type Builtin = (run: Run, state: State, invocation: Invocation, command: SimpleCommand) => boolean;

const leave =
  (how: "exit" | "return"): Builtin =>
  (run, state, invocation) => {
    const given = invocation.arguments[0];
    const number = given?.text !== undefined && /^-?[0-9]{1,9}$/u.test(given.text) ? Number(given.text) : undefined;
    const isLast = given === undefined || (given.word?.text === "$?" && number === undefined);
    const value = isLast ? state.status : number === undefined ? status.ANY : status.exactly(number);
    const only = !value.unknown && value.known.length === 1 ? value.known[0] : undefined;
    emit(run, {
      kind: "exit",
      how,
      site: invocation.site,
      command: invocation.command,
      path: invocation.path,
      status: maybe(only, given?.site ?? invocation.site),
    });
    (how === "exit" ? state.exits : state.returns).push(value);
    state.status = value;
    state.ended = how;
    return true;
  };

/** `NAME=value` arguments of export, local, declare, readonly. */
const declare: Builtin = (run, state, invocation) => {
  for (const { text, word } of invocation.arguments) {
    const literal = word?.parts[0]?.kind === "literal" ? /^([A-Za-z_]\w*)\+?=/u.exec(word.parts[0].value) : null;
    const named = text === undefined ? null : /^([A-Za-z_]\w*)=(.*)$/su.exec(text);
    if (named !== null && !(word?.text.includes("=(") ?? false)) state.environment.own.set(named[1]!, textValue(named[2]!));
    else if (literal !== null) state.environment.own.set(literal[1]!, UNKNOWN);
  }
  emit(run, runEffect(invocation));
  state.status = state.substituted ?? status.SUCCESS;
  // The status of a substitution is lost behind `local` and its kin.
  state.status = status.SUCCESS;
  return true;
};

const test: Builtin = (_run, state, invocation) => {
  const words = invocation.name === "[" ? invocation.arguments.slice(0, -1) : invocation.arguments;
  // An unknown word outside quotes can be none or several.
  const certain = words.every(({ text, word }) => text !== undefined || word?.text.startsWith('"') === true);
  state.status = certain ? judged(words.map(({ text }) => text)) : status.EITHER;
  return true;
};

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["exit", leave("exit")],
  ["return", leave("return")],
  ["[", test],
  ["test", test],
  ["export", declare],
  ["local", declare],
  ["declare", declare],
  ["typeset", declare],
  ["readonly", declare],
  ...(["break", "continue"] as const).map((name): [string, Builtin] => [
    name,
    (_run, state) => {
      state.ended = name;
      state.status = status.SUCCESS;
      return true;
    },
  ]),
  ...[".", "source"].map((name): [string, Builtin] => [
    name,
    (run, state, invocation) => {
      const file = invocation.arguments[0];
      if (file === undefined) return false;
      emit(run, { kind: "source", site: invocation.site, command: invocation.command, path: invocation.path, target: argument(file) });
      // A file that is read in may end the script; the functions of the init scripts are known not to.
      if (file.text?.endsWith("/init.d/functions") !== true && file.text?.endsWith("/lsb/init-functions") !== true)
        state.exits.push(status.ANY);
      state.status = status.ANY;
      return true;
    },
  ]),
  [
    "set",
    (run, state, invocation) => {
      invocation.arguments.forEach(({ text }, index) => {
        if (text === undefined) return;
        const option = text === "-o" || text === "+o" ? invocation.arguments[index + 1]?.text : undefined;
        if (/^-[a-z]*e/u.test(text) || (text === "-o" && option === "errexit")) run.errexit = true;
        if (/^\+[a-z]*e/u.test(text) || (text === "+o" && option === "errexit")) run.errexit = false;
        if (option === "pipefail") run.pipefail = text === "-o";
      });
      const dashes = invocation.arguments.findIndex(({ text }) => text === "--");
      if (dashes >= 0)
        setPositionals(
          state,
          invocation.arguments.slice(dashes + 1).map(({ text }) => text),
        );
      state.status = status.SUCCESS;
      return true;
    },
  ],
  [
    "shift",
    (run, state, invocation) => {
      const all = variable(run, state, "@");
      const count = invocation.arguments.length === 0 ? 1 : Number(invocation.arguments[0]!.text);
      if (all?.kind === "list" && Number.isInteger(count) && !all.items.slice(0, count).includes(undefined))
        setPositionals(state, all.items.slice(count));
      else for (const name of POSITIONS) state.environment.own.set(name, UNKNOWN);
      state.status = status.SUCCESS;
      return true;
    },
  ],
  [
    "read",
    (run, state, invocation) => {
      for (const { text } of invocation.arguments)
        if (text !== undefined && /^[A-Za-z_]\w*$/u.test(text)) state.environment.own.set(text, UNKNOWN);
      emit(run, runEffect(invocation));
      state.status = status.ANY;
      return true;
    },
  ],
  [
    "let",
    (run, state, invocation) => {
      for (const { text } of invocation.arguments) if (text !== undefined) runArithmetic(run, state, text);
      return true;
    },
  ],
  [
    "trap",
    (_run, state, invocation) => {
      if (
        invocation.arguments.some(({ text }) => text === "EXIT" || text === "0") &&
        invocation.arguments[0]?.text?.includes("exit") !== false
      )
        state.exits.push(status.ANY);
      state.status = status.SUCCESS;
      return true;
    },
  ],
  [
    "eval",
    (run, state, invocation) => {
      const texts = invocation.arguments.map(({ text }) => text);
      if (texts.includes(undefined) || run.depth > 20) return false;
      const nested: Run = { ...run, mapSite: () => invocation.site, depth: run.depth + 5 };
      run.statements(nested, state, parseShell(texts.join(" ")).body);
      run.branches = nested.branches;
      run.steps = nested.steps;
      run.complete = nested.complete;
      return true;
    },
  ],
]);
